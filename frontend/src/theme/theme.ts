import { createTheme, type Theme } from "@mui/material/styles";
import { palette } from "./palette";

type Scheme = keyof typeof palette;

const themes: Partial<Record<Scheme, Theme>> = {};

/**
 * MUI's theme for a color scheme, created on first use. MUI's own CSS variables, which hold both schemes at once, take
 * four times as long to create, and the login page waits for them.
 */
export function muiTheme(scheme: Scheme): Theme {
  themes[scheme] ??= createMuiTheme(scheme);
  return themes[scheme];
}

function createMuiTheme(scheme: Scheme): Theme {
  const colors = palette[scheme];
  return createTheme({
    palette: {
      mode: scheme,
      primary: { main: colors.primary },
      error: { main: colors.error },
      background: {
        default: colors.background,
        paper: colors.surface,
      },
      text: { primary: colors.text, secondary: colors["text-secondary"] },
      divider: colors.divider,
    },
    shape: { borderRadius: 10 },
    typography: {
      fontFamily: '"Figtree Variable", system-ui, sans-serif',
      h2: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35 },
      h6: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35 },
      button: { fontWeight: 600, textTransform: "none" },
    },
    components: {
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        styleOverrides: { root: { "&:focus-visible": { outline: `3px solid ${colors.primary}` } } },
      },
      MuiButton: { defaultProps: { disableElevation: true } },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" } } },
      MuiDialogActions: { styleOverrides: { root: { padding: "8px 20px 20px" } } },
      MuiFormHelperText: { styleOverrides: { root: { marginInline: 2 } } },
    },
  });
}
