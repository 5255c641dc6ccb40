const STARTS_A_FORMULA = /^\s*[=+\-@]/;
/** A number, an amount, a date or a telephone number: digits and what is written between them. */
const PLAIN_NUMBER = /^\s*[+-]?[\p{Sc}\d\s.,'’%/()-]*\d[\p{Sc}\d\s.,'’%/()-]*$/u;

/**
 * Rows as text that a spreadsheet pastes into its cells: tabs between columns, a line for each row. A text of a
 * document that a spreadsheet would take for a formula has an apostrophe before it, as in a report.
 */
export function tabSeparated(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(toCell).join("\t")).join("\n");
}

function toCell(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return STARTS_A_FORMULA.test(line) && !PLAIN_NUMBER.test(line) ? `'${line}` : line;
}
