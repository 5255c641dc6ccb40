import { plain } from "../save";

/** Rows as the document has them, or line items by their names; scrolls sideways on a small screen. */
export function DataTable({ rows, label }: { rows: (string | null)[][]; label: string }) {
  const [head, ...body] = rows;
  if (!head) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
    <section className="scroll" aria-label={label} tabIndex={0}>
      <table className="data">
        <thead>
          <tr>
            {head.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
              <th key={at} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={line}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Line items as rows under the names of their fields. */
export function rowsOf(items: Record<string, unknown>[]): string[][] {
  const hidden = new Set(["page", "box", "confidence", "source"]);
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))].filter((name) => !hidden.has(name));
  return [
    names.map((name) => name.replaceAll("_", " ")),
    ...items.map((item) => names.map((name) => plain(item[name]))),
  ];
}
