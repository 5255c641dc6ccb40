import { createTheme, enhanceHighContrast } from "@mui/material/styles";
import { storageKeys } from "../lib/storage.ts";
import { colors } from "./colors.ts";
import { components } from "./components.ts";

/** The attribute of the root element that holds the color scheme in use. */
export const SCHEME_ATTRIBUTE = "data-scheme";

/** How Material UI's provider and its script before the first paint set the scheme. */
export const schemeSettings = {
  defaultMode: "system",
  modeStorageKey: storageKeys.mode,
  colorSchemeStorageKey: storageKeys.scheme,
} as const;

/**
 * The one theme of the site. Both schemes are CSS variables, which the build writes into the stylesheet
 * (`vite.theme.ts`): the first paint has them before any code runs.
 */
export const theme = enhanceHighContrast(
  createTheme({
    cssVariables: { colorSchemeSelector: SCHEME_ATTRIBUTE, nativeColor: true },
    colorSchemes: { light: { palette: colors.light }, dark: { palette: colors.dark } },
    motion: { reducedMotion: "system" },
    shape: { borderRadius: 10 },
    typography: {
      fontFamily: '"Figtree Variable", system-ui, sans-serif',
      h1: { fontSize: "1.75rem", fontWeight: 700, lineHeight: 1.25, letterSpacing: "-0.015em" },
      h2: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35, letterSpacing: "-0.005em" },
      h3: { fontSize: "1rem", fontWeight: 650, lineHeight: 1.4 },
      h4: { fontSize: "1rem", fontWeight: 650, lineHeight: 1.4 },
      h6: { fontSize: "1.2rem", fontWeight: 650, lineHeight: 1.35 },
      body1: { lineHeight: 1.5 },
      body2: { lineHeight: 1.5 },
      button: { fontSize: "0.9375rem", fontWeight: 600, lineHeight: 1.5, textTransform: "none" },
    },
    components,
  }),
);
