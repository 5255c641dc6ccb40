import { StrictMode, startTransition } from "react";
import type { Root } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { Provider } from "react-redux";
import { BrowserRouter } from "react-router";
import { forgetEarly } from "@/lib/early";
import { i18n, startI18n } from "@/lib/i18n";
import { session } from "@/lib/session";
import { App } from "./App";
import { fetchPage, preparePage } from "./pages";
import { makeStore, type Store } from "./store";

const PATIENCE_MS = 3_000;

/** Starts the site in `root`. */
export async function start(root: Root): Promise<void> {
  const store = makeStore();
  const resuming = session.resume();
  await startI18n();
  // Until the first page is there, what index.html holds stays on the screen; not for long, though, when the service
  // does not answer: then the site itself has to say so.
  await Promise.race([ready(store, resuming), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  forgetEarly();
  // A transition, so that the first rendering is done in slices and never holds up a click or a key.
  startTransition(() =>
    root.render(
      <StrictMode>
        <Site store={store}>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </Site>
      </StrictMode>,
    ),
  );
}

async function ready(store: Store, resuming: Promise<void>): Promise<void> {
  const path = window.location.pathname;
  const member = () => store.getState().auth.status !== "out";
  const expected = fetchPage(path, member());
  await resuming;
  try {
    await expected;
    // A session that has lapsed leads elsewhere than was expected.
    await fetchPage(path, member());
    if (store.getState().auth.status === "in") await preparePage(path, store);
  } catch {
    // The page itself says what went wrong.
  }
}

export function Site({ store, children }: { store: Store; children: React.ReactNode }) {
  return (
    <Provider store={store}>
      <I18nextProvider i18n={i18n}>{children}</I18nextProvider>
    </Provider>
  );
}
