interface Props {
  /** The first row is the head. */
  rows: string[][];
  label: string;
  /** From this column on the cells are numbers. */
  numbersFrom?: number;
}

/** Rows as the document has them; scrolls sideways on a small screen. */
export function DataTable({ rows, label, numbersFrom = Number.POSITIVE_INFINITY }: Props) {
  const [head, ...body] = rows;
  if (!head) return null;
  const look = (column: number) => (column >= numbersFrom ? "number" : undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
    <section className="scroll" aria-label={label} tabIndex={0}>
      <table className="data">
        <thead>
          <tr>
            {head.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
              <th key={at} scope="col" className={look(at)}>
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
                <td key={at} className={look(at)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
