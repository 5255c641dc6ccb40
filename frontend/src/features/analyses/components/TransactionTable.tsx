import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import type { TransactionResponse } from "@/lib/api/client.generated";
import { DataTable } from "./DataTable";

const COLUMNS = ["date", "description", "paid_in", "paid_out", "balance"] as const;

interface Props {
  transactions: TransactionResponse[];
  heading: "h3" | "h4";
}

/** The transactions of an account statement. Columns without any value are left out. */
export function TransactionTable({ transactions, heading: Heading }: Props) {
  const { t } = useTranslation("analysis");
  const columns = COLUMNS.filter((column) => transactions.some((entry) => entry[column]));
  const rows = [
    columns.map((column) => t(`columns.${column}`)),
    ...transactions.map((entry) => columns.map((column) => entry[column] ?? "")),
  ];
  return (
    <Stack spacing={0.75}>
      <Typography variant={Heading}>{t("transactions")}</Typography>
      <DataTable rows={rows} label={t("transactions")} numbersFrom={columns.indexOf("description") + 1} />
    </Stack>
  );
}
