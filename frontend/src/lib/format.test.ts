import { afterEach, expect, test, vi } from "vitest";
import { formatMoney } from "./format";
import { startI18n } from "./i18n";

afterEach(() => vi.restoreAllMocks());

test("a language tag that Intl rejects does not break formatting", async () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-US@posix"]);
  await startI18n("en");

  expect(formatMoney(250, "eur")).toBe("€2.50");
});
