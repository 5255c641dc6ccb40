import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { startI18n } from "@/lib/i18n";
import { session } from "@/lib/session";
import { TestApi } from "./api";

export let service: TestApi;

beforeAll(() => startI18n("en", ["common", "auth", "orders", "analysis", "account", "said"]));

beforeEach(() => {
  service = new TestApi();
  localStorage.clear();
  session.close("never");
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
