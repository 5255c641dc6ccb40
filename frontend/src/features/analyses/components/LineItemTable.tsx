import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import type { LineItemResponse } from "@/lib/api/client.generated";
import { DataTable } from "./DataTable";

const COLUMNS = [
  "description",
  "item_number",
  "date",
  "quantity",
  "unit",
  "unit_price",
  "discount",
  "tax_rate",
  "amount",
] as const;

const TEXTS: readonly string[] = COLUMNS.slice(0, 3);

interface Props {
  items: LineItemResponse[];
  heading: "h3" | "h4";
}

/** The line items of an invoice or receipt. Columns without any value are left out. */
export function LineItemTable({ items, heading: Heading }: Props) {
  const { t } = useTranslation("analysis");
  const columns = COLUMNS.filter((column) => items.some((item) => item[column]));
  const rows = [
    columns.map((column) => t(`columns.${column}`)),
    ...items.map((item) => columns.map((column) => item[column] ?? "")),
  ];
  return (
    <Stack spacing={0.75}>
      <Typography variant={Heading}>{t("lineItems")}</Typography>
      <DataTable
        rows={rows}
        label={t("lineItems")}
        numbersFrom={columns.filter((column) => TEXTS.includes(column)).length}
      />
    </Stack>
  );
}
