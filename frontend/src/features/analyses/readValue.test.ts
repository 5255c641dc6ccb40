import { afterEach, expect, test } from "vitest";
import type { FactResponse } from "@/lib/api/client.generated";
import { setLanguage } from "@/lib/i18n";
import { wordsToTyped } from "./readValue";

afterEach(() => setLanguage("en"));

const read = (name: string, text: string, normalised: FactResponse["normalised"] = null) =>
  wordsToTyped({ name, normalised } as FactResponse, text);

test.each([
  ["EUR 1,158.70", "1158.70 EUR"],
  ["1.158,70 €", "1158.70 EUR"],
  ["$ 1'158", "1158 USD"],
  ["1.158 CHF", "1158 CHF"],
  ["-12,5", "-12.5"],
  ["1 158,70", "1158.70"],
])("%s is the amount %s", (text, typed) => {
  expect(read("gross", text)).toBe(typed);
});

test("an amount without a currency has that of the fact", () => {
  expect(read("gross", "119.00", { minor: 1, currency: "eur" })).toBe("119.00 EUR");
  expect(read("gross", "$119.00", { minor: 1, currency: "cad" })).toBe("119.00 CAD");
});

test("an amount has the decimal mark of the site", async () => {
  await setLanguage("de");

  expect(read("gross", "EUR 1,158.70")).toBe("1158,70 EUR");
});

test.each([
  ["2026-03-02", "2026-03-02"],
  ["02.03.2026", "2026-03-02"],
  ["31/01/26", "2026-01-31"],
  ["01/31/2026", "2026-01-31"],
  ["2. März 2026", "2026-03-02"],
  ["March 2, 2026", "2026-03-02"],
  ["Dated: 2 Dec 2026", "2026-12-02"],
  ["3/4/2026", null],
  ["31.02.2026", null],
  ["soon", null],
])("%s is the date %s", (text, typed) => {
  expect(read("issue_date", text)).toBe(typed);
});

test.each([
  ["9:05", "09:05"],
  ["12:30 am", "00:30"],
  ["7.15 PM", "19:15"],
  ["noon", null],
])("%s is the time %s", (text, typed) => {
  expect(read("time", text)).toBe(typed);
});

test("other facts are the text", () => {
  expect(read("seller", "Acme GmbH")).toBe("Acme GmbH");
  expect(read("gross", "none")).toBeNull();
});
