import { CacheProvider } from "@emotion/react";
import { ThemeProvider } from "@mui/system";
import type { ReactNode } from "react";
import { adopted, adoptedStyles } from "./adopted";
import { theme } from "./theme";

const styles = adoptedStyles();
// MUI's types do not tell of it; its documentation does.
adopted((theme as unknown as { generateStyleSheets: () => Record<string, unknown>[] }).generateStyleSheets());

/**
 * Around MUI's parts, wherever they are used: fields and dialogs. It is not at the root of the site, so that a page
 * without them starts without their machinery; and it is the system's plain provider, because the choice of light or
 * dark is not MUI's here but that of `scheme.ts`.
 */
export function Mui({ children }: { children: ReactNode }) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme}>{children}</ThemeProvider>
    </CacheProvider>
  );
}
