import { CacheProvider } from "@emotion/react";
import { ThemeProvider as MuiThemeProvider } from "@mui/material/styles";
import type { ReactNode } from "react";
import { constructedStyleCache } from "./constructedStyleCache";
import { schemeSettings, theme } from "./theme";

const styleCache = constructedStyleCache();

/** Material UI's theme and color scheme. The stylesheet of the build has the CSS variables of the theme already. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <CacheProvider value={styleCache}>
      <MuiThemeProvider theme={theme} {...schemeSettings} disableStyleSheetGeneration noSsr>
        {children}
      </MuiThemeProvider>
    </CacheProvider>
  );
}
