import { CacheProvider } from "@emotion/react";
import { ThemeProvider } from "@mui/system";
import type { ReactNode } from "react";
import { adoptedStyles } from "./adopted";
import { useScheme } from "./scheme";
import { themeOf } from "./theme";

const styles = adoptedStyles();

/**
 * Around MUI's parts, wherever they are used: fields and dialogs. It is not at the root of the site, so that a page
 * without them starts without their machinery. (The provider is the system's: that of `@mui/material/styles` brings
 * MUI's own choice of light or dark along, which `scheme.ts` makes here.)
 */
export function Mui({ children }: { children: ReactNode }) {
  const { dark } = useScheme();
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={themeOf(dark ? "dark" : "light")}>{children}</ThemeProvider>
    </CacheProvider>
  );
}
