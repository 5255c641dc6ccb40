import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useTranslation } from "react-i18next";
import { CopyIconButton } from "@/components/CopyIconButton";
import { tabSeparated } from "@/lib/tabSeparated";

interface Props {
  /** The first row is the header. */
  rows: string[][];
  label: string;
  /** Cells from this column on are numbers. */
  numbersFrom?: number;
}

/** A table with the rows as the document has them. It scrolls sideways on small screens, and is copied whole or by row. */
export function DataTable({ rows, label, numbersFrom = Number.POSITIVE_INFINITY }: Props) {
  const { t } = useTranslation("analysis");
  const [header, ...body] = rows;
  if (!header) return null;
  const alignOf = (column: number) => (column >= numbersFrom ? "right" : "left");
  return (
    <TableContainer
      component="section"
      aria-label={label}
      // A scrollable region must be reachable by keyboard.
      tabIndex={0}
      sx={{ border: "1px solid", borderColor: "divider", borderRadius: 1 }}
    >
      <Table
        size="small"
        sx={{
          "& .MuiTableCell-root:not(.MuiTableCell-paddingNone)": { px: 1 },
          "& .MuiTableCell-alignRight": { whiteSpace: "nowrap" },
        }}
      >
        <TableHead sx={{ bgcolor: "background.default" }}>
          <TableRow>
            <TableCell component="td" padding="none" className="no-print">
              <CopyIconButton label={t("copy.table", { label })} text={() => tabSeparated(rows)} />
            </TableCell>
            {header.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is identified by its position
              <TableCell key={column} scope="col" align={alignOf(column)}>
                {cell}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody sx={{ "& tr:last-of-type td": { borderBottom: 0 } }}>
          {body.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is identified by its position
            <TableRow key={index}>
              <TableCell padding="none" className="no-print">
                <CopyIconButton
                  label={t("copy.row", { number: index + 1 })}
                  text={() => tabSeparated([row])}
                />
              </TableCell>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is identified by its position
                <TableCell key={column} align={alignOf(column)}>
                  {cell}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
