import { createTheme } from "@mui/material/styles";

/** Paper and ink: warm neutral grounds, one blue for what can be done, amber for evidence. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: "data-scheme" },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: "#2f4ac0" },
        success: { main: "#1b6e45" },
        warning: { main: "#8a5200" },
        error: { main: "#b3261e" },
        info: { main: "#2b5f8a" },
        background: { default: "#f6f5f1", paper: "#ffffff" },
        text: { primary: "#1c1e24", secondary: "#565a66" },
        divider: "#dedcd4",
      },
    },
    dark: {
      palette: {
        primary: { main: "#a9b8ff" },
        success: { main: "#7fd4a6" },
        warning: { main: "#f3bd6b" },
        error: { main: "#ff9d94" },
        info: { main: "#93c7ee" },
        background: { default: "#14161b", paper: "#1d2027" },
        text: { primary: "#eceef4", secondary: "#b0b5c3" },
        divider: "#343944",
      },
    },
  },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily: '"Figtree Variable", system-ui, sans-serif',
    h1: { fontSize: "1.75rem", fontWeight: 650, lineHeight: 1.25, letterSpacing: "-0.01em" },
    h2: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35 },
    h3: { fontSize: "1rem", fontWeight: 650, lineHeight: 1.4 },
    button: { textTransform: "none", fontWeight: 600 },
  },
  components: {
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { minHeight: 42, paddingInline: 18 },
        sizeSmall: { minHeight: 36, paddingInline: 12 },
      },
    },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" } } },
    MuiLink: { defaultProps: { underline: "always" } },
    MuiAlert: { styleOverrides: { root: { alignItems: "center" }, message: { overflowWrap: "anywhere" } } },
    MuiTooltip: { defaultProps: { arrow: true } },
    MuiIconButton: { styleOverrides: { root: { minWidth: 40, minHeight: 40 } } },
    MuiLinearProgress: { styleOverrides: { root: { borderRadius: 4, height: 6 } } },
    MuiFormHelperText: { styleOverrides: { root: { marginInline: 2 } } },
  },
});
