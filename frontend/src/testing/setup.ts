import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { startI18n } from "@/lib/i18n";
import { session } from "@/lib/session";
import { TestApi } from "./api";

// Elements appear at once, or after lazily loaded code has arrived. That, and a query by role, takes seconds on a busy machine.
configure({ asyncUtilTimeout: 30_000 });

// Styles are seen in the browser tests only. Here each query by role would compare every element with every rule.
CSSStyleSheet.prototype.insertRule = () => 0;

// React reports siblings with one key by this alone, and may show one of them twice or not at all.
const { error } = console;
console.error = (...parts: unknown[]) => {
  if (String(parts[0]).includes("children with the same key")) throw new Error(parts.join(" "));
  error(...parts);
};

// Nothing is laid out here. A long list draws as many rows as fit the screen.
Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, get: () => 76 });

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
    "reports",
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
