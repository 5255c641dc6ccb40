import { documentName } from "@/lib/documentName";
import type { ListRow } from "./listRows";

/** A row that could be left out: its content was paid for before, or another row of the order has the same file. */
export type Duplicate = { kind: "paid" } | { kind: "copy"; filename: string };

/** The duplicates among the rows, by the keys of the rows. Of several rows with the same file, one is none. */
export function findDuplicates(rows: readonly ListRow[]): Map<string, Duplicate> {
  const duplicates = new Map<string, Duplicate>();
  const rowsByContent = new Map<string, ListRow[]>();
  for (const row of rows) {
    if (row.document?.duplicate_of) duplicates.set(row.key, { kind: "paid" });
    else if (row.document?.sha256) {
      const { sha256 } = row.document;
      rowsByContent.set(sha256, [...(rowsByContent.get(sha256) ?? []), row]);
    }
  }
  for (const same of rowsByContent.values()) {
    // An upload that was cut off is not the one to keep.
    const original = same.find(isUploaded) ?? same[0];
    for (const { key } of same.filter((row) => row !== original))
      duplicates.set(key, {
        kind: "copy",
        filename: original?.document ? documentName(original.document) : "",
      });
  }
  return duplicates;
}

function isUploaded({ document, upload }: ListRow): boolean {
  return document?.status !== "awaiting_upload" || upload?.status === "sent";
}
