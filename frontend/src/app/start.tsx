import { StrictMode, startTransition } from "react";
import type { Root } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { startI18n } from "@/lib/i18n";
import { discardPrefetched } from "@/lib/prefetch";
import { session } from "@/lib/session";
import { App } from "./App";
import { loadPage, loadPageData } from "./pages";
import { Site } from "./Site";
import { makeStore, type Store } from "./store";

const TIMEOUT_MS = 3_000;

/** Renders the site into `root`. */
export async function start(root: Root): Promise<void> {
  const store = makeStore();
  const resuming = session.resume();
  await startI18n();
  // The content of app.html stays on the screen until the first page is loaded. If the API does not respond, the site
  // starts without the data and reports the problem itself.
  await Promise.race([
    loadFirstPage(store, resuming),
    new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS)),
  ]);
  discardPrefetched();
  // A transition renders in slices and never delays a click or a key press.
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

async function loadFirstPage(store: Store, resuming: Promise<void>): Promise<void> {
  const path = window.location.pathname;
  const isMember = () => store.getState().auth.status !== "out";
  const expected = loadPage(path, isMember());
  await resuming;
  try {
    await expected;
    // An expired session shows another page than expected.
    await loadPage(path, isMember());
    if (store.getState().auth.status === "in") await loadPageData(path, store);
  } catch {
    // The page reports the problem when it is rendered.
  }
}
