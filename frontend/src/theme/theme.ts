import { createTheme, type Theme } from "@mui/material/styles";
import { palette } from "./palette";

type Scheme = keyof typeof palette;

const made: Partial<Record<Scheme, Theme>> = {};

/**
 * How MUI's parts look: like everything else here. One theme for the scheme that is shown, made when it is first shown:
 * MUI's own CSS variables, for both at once, take four times as long to make, and the sign-in waits for them.
 */
export function themeOf(scheme: Scheme): Theme {
  made[scheme] ??= makeTheme(scheme);
  return made[scheme];
}

function makeTheme(scheme: Scheme): Theme {
  const { accent, bad, bg, paper, ink, soft, line } = palette[scheme];
  return createTheme({
    palette: {
      mode: scheme,
      primary: { main: accent },
      error: { main: bad },
      background: { default: bg, paper },
      text: { primary: ink, secondary: soft },
      divider: line,
    },
    shape: { borderRadius: 10 },
    typography: {
      fontFamily: '"Figtree Variable", system-ui, sans-serif',
      h2: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35 },
      h6: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35 },
    },
    components: {
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" } } },
      MuiDialogActions: { styleOverrides: { root: { padding: "8px 20px 20px" } } },
      MuiFormHelperText: { styleOverrides: { root: { marginInline: 2 } } },
    },
  });
}
