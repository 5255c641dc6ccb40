import { afterEach, expect, test } from "vitest";
import { codeMessage } from "./codeMessage";
import { setLanguage } from "./i18n";

afterEach(() => setLanguage("en"));

const reason = (code: string, params = {}) => ({ code, params, fallback: "The message of the API." });

test("a code has its message in the current language", async () => {
  expect(codeMessage("order", reason("ready_to_pay"))).toBe(
    "All documents have been read. Pay to open the analysis.",
  );
  await setLanguage("de");
  expect(codeMessage("order", reason("ready_to_pay"))).toBe(
    "Alle Dokumente sind gelesen. Bezahlen Sie, um die Auswertung zu öffnen.",
  );
});

test("text parameters are inserted as they are", async () => {
  await setLanguage("de");
  const params = { net: "€1,158.70", tax: "€220.15", gross: "€1,300.00" };

  expect(codeMessage("contradiction", reason("sums_do_not_add_up", params))).toMatch(
    /€1,158\.70 .*€220\.15 .*€1,300\.00/,
  );
});

test("a sum has the decimal mark of the current language", async () => {
  const reasonOf = () =>
    codeMessage("contradiction", reason("lines_do_not_add_up", { sum: "1159.80", net: "x" }));
  expect(reasonOf()).toContain("1,159.80");
  await setLanguage("de");

  expect(reasonOf()).toContain("1.159,80");
});

test("numbers, lists, dates and fact names are written in the current language", async () => {
  await setLanguage("de");

  expect(codeMessage("document", reason("too_many_pages", { pages: 12_000, max_pages: 500 }))).toContain(
    "12.000 Seiten",
  );
  expect(codeMessage("error", reason("documents_on_their_way", { filenames: ["a.pdf", "b.pdf"] }))).toContain(
    "a.pdf und b.pdf",
  );
  const disagreement = { fact: "due_date", embedded: "2026-03-20", printed: "2026-04-20" };
  const message = codeMessage("warning", reason("page_disagrees", disagreement));
  expect(message).toContain("Fällig");
  expect(message).toContain("20.03.2026");
});

test("a context selects a variant, and an unknown context the message of the code", () => {
  expect(codeMessage("error", reason("payment_not_confirmed", { context: "other_order" }))).toBe(
    "This payment belongs to another order.",
  );
  expect(codeMessage("error", reason("payment_not_confirmed", { context: "of_tomorrow" }))).toBe(
    codeMessage("error", reason("payment_not_confirmed")),
  );
});

test.each([
  ["an unknown code", reason("of_tomorrow")],
  ["no code", { ...reason(""), code: null }],
  ["a missing parameter", reason("too_many_pages", { pages: 3 })],
])("%s yields the message of the API", (_case, unusualReason) => {
  expect(codeMessage("document", unusualReason)).toBe("The message of the API.");
});
