import { expect, test } from "vitest";
import { tabSeparated } from "./tabSeparated";

test("columns are separated by tabs and rows by lines", () => {
  const rows = [
    ["Description", "Amount"],
    ["Paper, A4", "12.50"],
  ];

  expect(tabSeparated(rows)).toBe("Description\tAmount\nPaper, A4\t12.50");
});

test("tabs and lines within a cell do not make another cell", () => {
  expect(tabSeparated([["Paper\tA4\r\nwhite", " 2 "]])).toBe("Paper A4 white\t2");
});

test.each(["=1+1", "+cmd|' /C calc'!A0", "-1+cmd", "@SUM(A1)", "\t=1+1"])(
  "%j of a document is no formula",
  (text) => {
    expect(tabSeparated([[text]])).toBe(`'${text.trim()}`);
  },
);

test.each(["-12.50", "-1.234,56 €", "+49 30 123456", "- 5", "-$3.00"])("%j stays a number", (text) => {
  expect(tabSeparated([[text]])).toBe(text);
});
