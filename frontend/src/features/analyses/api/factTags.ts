import { session } from "@/lib/session";

/** By document and tag: the tag that followed it by a correction of this tab. */
const followed = new Map<string, string>();
/** By document: the last correction, after which the next one is sent. */
const queues = new Map<string, Promise<unknown>>();

session.subscribe(({ kind }) => {
  if (kind !== "closed") return;
  followed.clear();
  queues.clear();
});

const keyOf = (documentId: string, tag: string) => `${documentId} ${tag}`;

/**
 * The tag of a document's facts after all corrections of this tab that followed `tag`. A customer who reviews fast
 * decides on facts whose tag an own correction replaces meanwhile, and a response may be older than that correction.
 * The change of another tab is no such successor, so it is still a conflict.
 */
export function latestTag(documentId: string, tag: string): string {
  let latest = tag;
  for (
    let next = followed.get(keyOf(documentId, latest));
    next;
    next = followed.get(keyOf(documentId, latest))
  )
    latest = next;
  return latest;
}

/** Records that a correction of this tab replaced a tag. */
export function tagReplaced(documentId: string, before: string, after: string): void {
  if (before !== after) followed.set(keyOf(documentId, before), after);
}

/** Acts after the corrections of the document that are being saved. */
export function inTurn<T>(documentId: string, act: () => Promise<T>): Promise<T> {
  const turn = (queues.get(documentId) ?? Promise.resolve()).then(act, act);
  queues.set(documentId, turn);
  return turn;
}
