import type { PaletteColor, PaletteColorOptions } from "@mui/material/styles";

declare module "@mui/material/styles" {
  interface CssThemeVariables {
    enabled: true;
  }
  interface Palette {
    /** The bar at the top of every page. */
    ink: PaletteColor;
    /** `light` is behind text, `main` beside it, `dark` a line around it. */
    evidence: PaletteColor;
  }
  interface PaletteOptions {
    ink?: PaletteColorOptions;
    evidence?: PaletteColorOptions;
  }
}
