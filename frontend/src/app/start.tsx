import { CacheProvider } from "@emotion/react";
import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";
import { StrictMode } from "react";
import type { Root } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { Provider } from "react-redux";
import { BrowserRouter } from "react-router";
import { i18n, startI18n } from "@/lib/i18n";
import { session } from "@/lib/session";
import { adoptedStyles } from "@/theme/adopted";
import { theme } from "@/theme/theme";
import { App } from "./App";
import { makeStore, type Store } from "./store";

/** Starts the site in `root`. */
export async function start(root: Root): Promise<void> {
  const store = makeStore();
  // The session and the words are fetched side by side.
  void session.resume();
  await startI18n();
  root.render(
    <StrictMode>
      <Site store={store}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </Site>
    </StrictMode>,
  );
}

const styles = adoptedStyles();

export function Site({ store, children }: { store: Store; children: React.ReactNode }) {
  return (
    <Provider store={store}>
      <I18nextProvider i18n={i18n}>
        <CacheProvider value={styles}>
          <ThemeProvider theme={theme} modeStorageKey="docket.mode" defaultMode="system">
            <CssBaseline />
            {children}
          </ThemeProvider>
        </CacheProvider>
      </I18nextProvider>
    </Provider>
  );
}
