import { createTheme } from "@mui/material/styles";
import { type Palette, palette } from "./palette";

/** How MUI's parts look: like everything else here. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: "data-scheme" },
  colorSchemes: { light: { palette: muis(palette.light) }, dark: { palette: muis(palette.dark) } },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily: '"Figtree Variable", system-ui, sans-serif',
    h2: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35 },
  },
  components: {
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" } } },
    MuiDialogActions: { styleOverrides: { root: { padding: "8px 20px 20px" } } },
    MuiFormHelperText: { styleOverrides: { root: { marginInline: 2 } } },
  },
});

function muis(colours: Palette) {
  return {
    primary: { main: colours.accent },
    error: { main: colours.bad },
    background: { default: colours.bg, paper: colours.paper },
    text: { primary: colours.ink, secondary: colours.soft },
    divider: colours.line,
  };
}
