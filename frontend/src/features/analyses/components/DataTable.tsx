interface Props {
  /** The first row is the header. */
  rows: string[][];
  label: string;
  /** Cells from this column on are numbers. */
  numbersFrom?: number;
}

/** A table with the rows as the document has them. It scrolls sideways on small screens. */
export function DataTable({ rows, label, numbersFrom = Number.POSITIVE_INFINITY }: Props) {
  const [header, ...body] = rows;
  if (!header) return null;
  const cellClass = (column: number) => (column >= numbersFrom ? "number" : undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="scroll" aria-label={label} tabIndex={0}>
      <table className="data">
        <thead>
          <tr>
            {header.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is identified by its position
              <th key={column} scope="col" className={cellClass(column)}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is identified by its position
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is identified by its position
                <td key={column} className={cellClass(column)}>
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
