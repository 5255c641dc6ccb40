/** What the reader writes before an invoice's number, seller and amount, whose colon it has: in English. */
const TITLES: Record<string, RegExp> = {
  invoice: /^Invoice(?= .*: |:)/,
  credit_note: /^Credit note(?= .*: |:)/,
};

/** The one-line description of a document. `kindName` is the name of its kind in the reader's language. */
export function headlineIn(
  kindName: string,
  { kind, headline }: { kind: string | null; headline: string | null },
): string | null {
  const title = kind ? TITLES[kind] : undefined;
  return headline && title ? headline.replace(title, kindName) : headline;
}
