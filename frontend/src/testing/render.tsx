import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { onTestFinished } from "vitest";
import { App } from "@/app/App";
import { uploaderFor } from "@/app/memberStore";
import { Site } from "@/app/Site";
import { makeStore } from "@/app/store";
import { session } from "@/lib/session";
import { service } from "./setup";

interface Options {
  at?: string | { pathname: string; state: unknown };
  signedIn?: boolean;
}

/** Renders the whole site at a path, signed in by default. */
export async function openSite({ at = "/orders", signedIn = true }: Options = {}) {
  if (signedIn) {
    service.cookie = true;
    localStorage.setItem("docket.had-session", "1");
  }
  const store = makeStore();
  // Uploads that a test leaves open would go on against the API of the next test.
  onTestFinished(() => uploaderFor(store)?.clear());
  await session.resume();
  const screen = render(
    <Site store={store}>
      <MemoryRouter initialEntries={[at]}>
        <App />
      </MemoryRouter>
    </Site>,
  );
  return { ...screen, store, user: userEvent.setup() };
}
