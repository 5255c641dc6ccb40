import { expect, test } from "vitest";
import { headlineIn } from "./headline";

test.each([
  ["invoice", "Invoice R-7 Acme GmbH: 119,00 €", "Rechnung R-7 Acme GmbH: 119,00 €"],
  ["credit_note", "Credit note: 119,00 €", "Rechnung: 119,00 €"],
  ["invoice", "Invoice conditions of 2026", "Invoice conditions of 2026"],
  ["receipt", "Invoice Bar, 3 March: 5 €", "Invoice Bar, 3 March: 5 €"],
  [null, null, null],
])("the title of a document of kind %s is in the reader's language: %s", (kind, headline, expected) => {
  expect(headlineIn("Rechnung", { kind, headline })).toBe(expected);
});
