import { expect, test } from "vitest";
import { aDocument, anOrder } from "@/testing/api";
import { type Listing, listRows } from "./listRows";
import type { Upload } from "./uploads/slice";

const documentAt = (at: number) =>
  aDocument({ id: `01ORDER-${1000 + at}`, filename: `scan-${at}.pdf`, status: "awaiting_upload" });

const anUpload = (change: Partial<Upload>): Upload => ({
  id: "01UPLOAD",
  orderId: "01ORDER",
  documentId: null,
  name: "scan.pdf",
  size: 8,
  sent: 0,
  speed: 0,
  status: "waiting",
  reason: null,
  problem: null,
  adding: false,
  listed: false,
  ...change,
});

const uploadAt = (at: number, change: Partial<Upload> = {}) =>
  anUpload({ id: `upload-${at}`, documentId: `01ORDER-${1000 + at}`, name: `scan-${at}.pdf`, ...change });

/** The order as the API shows it: its first hundred documents of so many. */
const orderOf = (count: number) => ({
  ...anOrder({ documents: Array.from({ length: Math.min(count, 100) }, (_, at) => documentAt(at)) }),
  document_count: count,
});

const range = (from: number, end: number) => Array.from({ length: end - from }, (_, at) => from + at);
const keysOf = (listing: Partial<Listing>) =>
  listRows({ order: orderOf(0), later: [], uploads: [], before: null, ...listing }).map(({ key }) => key);

test("three hundred files have a row each, whatever part of them the API lists", () => {
  const uploads = range(0, 300).map((at) => uploadAt(at, { status: "sent" }));

  for (const count of [0, 60, 100, 240, 300]) {
    const added = uploads.slice(0, count).map((upload) => ({ ...upload, listed: count <= 100 }));
    const waiting = uploads.slice(count).map((upload) => ({ ...upload, documentId: null }));
    const keys = keysOf({ order: orderOf(count), uploads: [...added, ...waiting] });

    expect(keys).toHaveLength(300);
    expect(new Set(keys).size).toBe(300);
  }
});

test("a document of a later page takes the row of its upload", () => {
  const order = orderOf(102);
  const uploads = [uploadAt(101), uploadAt(100)];

  const before = keysOf({ order, uploads });
  const after = keysOf({ order, uploads, later: [documentAt(100), documentAt(101)] });

  expect(before.slice(100)).toEqual(["01ORDER-1100", "01ORDER-1101"]);
  expect(after).toEqual(before);
});

test("documents that are not loaded have rows of their own", () => {
  const keys = keysOf({ order: orderOf(103), later: [documentAt(100)] });

  expect(keys.slice(100)).toEqual(["01ORDER-1100", "missing-0", "missing-1"]);
});

test("the rows of later pages stay where they are while a document of the first is removed", () => {
  const order = orderOf(150);
  order.documents.splice(3, 1);
  order.document_count -= 1;
  const listing = { order, uploads: [uploadAt(110)], later: range(100, 105).map(documentAt) };

  const keys = keysOf(listing);

  expect(keys).toHaveLength(149);
  expect(keys.slice(99, 106)).toEqual([...listing.later.map(({ id }) => id), "01ORDER-1110", "missing-0"]);
});

test("a short list has no rows that are not loaded", () => {
  expect(keysOf({ order: { ...orderOf(2), document_count: 3 } })).toEqual(["01ORDER-1000", "01ORDER-1001"]);
});

test("documents that an open request adds are the rows of their uploads", () => {
  const uploads = [anUpload({ id: "a", adding: true }), anUpload({ id: "b", adding: true })];
  const ids = new Set(range(0, 100).map((at) => `01ORDER-${1000 + at}`));

  const keys = keysOf({ order: orderOf(102), uploads, before: { ids, count: 100 } });

  expect(keys.slice(100)).toEqual(["a", "b"]);
});

test("a document that was removed elsewhere leaves no row of its upload", () => {
  expect(keysOf({ uploads: [uploadAt(0, { status: "sent", listed: true })] })).toEqual([]);
});
