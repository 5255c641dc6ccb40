import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { startI18n } from "@/lib/i18n";
import { session } from "@/lib/session";
import { TestApi } from "./api";

// Elements appear at once, or after lazily loaded code has arrived, which takes seconds on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

export let service: TestApi;

beforeAll(() =>
  startI18n("en", [
    "common",
    "auth",
    "orders",
    "analysis",
    "account",
    "apiKeys",
    "exports",
    "sessions",
    "codes",
  ]),
);

beforeEach(() => {
  service = new TestApi();
  localStorage.clear();
  session.close("none");
  window.history.replaceState(null, "", "/");
  window.scrollTo = () => undefined;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    const address = input instanceof Request ? input : new URL(String(input), window.location.origin).href;
    return service.handle(new Request(address, init));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
