import { afterEach, expect, test, vi } from "vitest";
import { formatDateTime, formatMoney } from "./format";
import { startI18n } from "./i18n";

afterEach(() => vi.restoreAllMocks());

test("a language tag that Intl rejects does not break formatting", async () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-US@posix"]);
  await startI18n("en");

  expect(formatMoney(250, "eur")).toBe("€2.50");
});

test.each(["en", "de"] as const)("a time in %s names its zone", async (language) => {
  await startI18n(language);
  const zone = new Intl.DateTimeFormat(language, { hour: "numeric", timeZoneName: "short" })
    .formatToParts(new Date("2026-11-20T10:00:00Z"))
    .find(({ type }) => type === "timeZoneName")?.value;

  expect(formatDateTime("2026-11-20T10:00:00Z")).toMatch(new RegExp(`2026.* ${zone}$`));
  expect(formatDateTime("soon")).toBe("soon");
});
