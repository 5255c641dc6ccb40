import { CacheProvider } from "@emotion/react";
import { ThemeProvider } from "@mui/system";
import type { ReactNode } from "react";
import { useColorScheme } from "./colorScheme";
import { constructedStyleCache } from "./constructedStyleCache";
import { muiTheme } from "./theme";

const styleCache = constructedStyleCache();

/**
 * Wraps each MUI component in use (fields and dialogs) instead of the whole site, so that pages without them do not load
 * MUI. The provider is that of `@mui/system`: the one of `@mui/material/styles` has a color scheme of its own, which
 * `colorScheme.ts` replaces.
 */
export function MuiProvider({ children }: { children: ReactNode }) {
  const { dark } = useColorScheme();
  return (
    <CacheProvider value={styleCache}>
      <ThemeProvider theme={muiTheme(dark ? "dark" : "light")}>{children}</ThemeProvider>
    </CacheProvider>
  );
}
