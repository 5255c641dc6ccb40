import { expect, test } from "vitest";
import { aDocument } from "@/testing/api";
import { type Arrangement, AS_ADDED, arrangeRows, nameOf } from "./arrangeRows";
import { findDuplicates } from "./duplicates";
import type { ListRow } from "./listRows";

const PAID = { order_id: "01EARLIER", document_id: "01EARLIER-1" };

const rowOf = (id: string, change: Parameters<typeof aDocument>[0]): ListRow => ({
  key: id,
  document: aDocument({ id, ...change }),
  upload: null,
});
const ROWS = [
  rowOf("1", { filename: "scan 10.pdf", status: "ready", sha256: "a" }),
  rowOf("2", { filename: "Scan 9.pdf", status: "unreadable" }),
  rowOf("3", { filename: "copy.pdf", status: "reading", sha256: "a" }),
  rowOf("4", { filename: "bill.pdf", status: "ready", duplicate_of: PAID }),
  { key: "missing-0", document: null, upload: null },
];

const namesBy = (change: Partial<Arrangement>) =>
  arrangeRows(ROWS, { ...AS_ADDED, ...change }, findDuplicates(ROWS)).map(nameOf);

test("files are sorted by name as people count, and by state with problems first", () => {
  expect(namesBy({ sort: "name" })).toEqual(["bill.pdf", "copy.pdf", "Scan 9.pdf", "scan 10.pdf"]);
  expect(namesBy({ sort: "state" })).toEqual(["Scan 9.pdf", "copy.pdf", "scan 10.pdf", "bill.pdf"]);
});

test("files are found by a part of the name and by their state", () => {
  expect(namesBy({ search: " SCAN " })).toEqual(["scan 10.pdf", "Scan 9.pdf"]);
  expect(namesBy({ state: "problem" })).toEqual(["Scan 9.pdf"]);
  expect(namesBy({ state: "duplicate" })).toEqual(["copy.pdf", "bill.pdf"]);
  expect(namesBy({ state: "read", search: "bill" })).toEqual(["bill.pdf"]);
});

test("an unarranged list shows the rows that are not loaded as well", () => {
  expect(arrangeRows(ROWS, AS_ADDED, new Map())).toBe(ROWS);
});

test("of two files with the same content one is a duplicate, and names the other", () => {
  expect([...findDuplicates(ROWS)]).toEqual([
    ["4", { kind: "paid" }],
    ["3", { kind: "copy", filename: "scan 10.pdf" }],
  ]);
});

test("of two files with the same content the one that was cut off is the duplicate", () => {
  const rows = [
    rowOf("1", { status: "awaiting_upload", sha256: "a" }),
    rowOf("2", { filename: "again.pdf", sha256: "a" }),
  ];

  expect([...findDuplicates(rows)]).toEqual([["1", { kind: "copy", filename: "again.pdf" }]]);
});
