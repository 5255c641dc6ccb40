import { useId } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/IconButton";
import { useCodeMessage } from "@/components/useCodeMessage";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import type { Problem } from "@/lib/api/problem";
import { type Column, type DraftRow, isNumber } from "../lineItems";

interface Props {
  row: DraftRow;
  index: number;
  columns: Column[];
  /** What is wrong, by the fields of the request; those of this row begin with `prefix`. */
  problems: Problem["fields"];
  prefix: string;
  onChange: (key: string, column: Column, text: string) => void;
  onRemove: () => void;
}

const LENGTHS: Partial<Record<Column, number>> = maxLengths.LineItemRequest;
/** What is typed may have blanks and marks that are not sent. */
const LONGEST_NUMBER = 30;

/** A row of the table: a text field in each cell, and below them what is wrong. On a narrow screen it is a card. */
export function LineItemRow({ row, index, columns, problems, prefix, onChange, onRemove }: Props) {
  const { t } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const id = useId();
  const number = index + 1;
  const wrong = Object.entries(problems).filter(([field]) => field.startsWith(prefix));
  const nameOf = (field: string) => {
    const column = columns.find((candidate) => candidate === field.slice(prefix.length));
    return column ? t(`columns.${column}`) : t("rows.row", { number });
  };
  return (
    <>
      <tr>
        {columns.map((column) => {
          const isWrong = `${prefix}${column}` in problems;
          return (
            <td key={column} data-label={t(`columns.${column}`)} data-column={column}>
              <input
                type={column === "date" ? "date" : "text"}
                data-row={row.key}
                data-column={column}
                value={row.cells[column]}
                maxLength={isNumber(column) ? LONGEST_NUMBER : LENGTHS[column]}
                inputMode={isNumber(column) ? "decimal" : "text"}
                aria-label={t("rows.cell", { column: t(`columns.${column}`), number })}
                aria-invalid={isWrong || undefined}
                aria-describedby={isWrong ? id : undefined}
                onChange={(event) => onChange(row.key, column, event.target.value)}
              />
            </td>
          );
        })}
        <td data-column="remove">
          <IconButton icon="close" label={t("rows.remove", { number })} onClick={onRemove} />
        </td>
      </tr>
      {wrong.length > 0 && (
        <tr>
          <td id={id} colSpan={columns.length + 1} role="alert">
            {wrong.map(([field, problem]) => (
              <div key={field}>{`${nameOf(field)}: ${codeMessage("field", problem)}`}</div>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}
