import type { CreateReportRequest } from "@/lib/api/client.generated";
import type { Language } from "@/lib/i18n";

/** What a report is like. Only a CSV depends on the table. */
export interface ReportChoice {
  format: CreateReportRequest["format"];
  table: NonNullable<CreateReportRequest["table"]>;
  doubtful: NonNullable<CreateReportRequest["doubtful"]>;
}

/** A report of an order that the customer has requested. */
export interface ReportRequest extends ReportChoice {
  orderId: string;
  /** The title of the order. */
  title: string;
  language: Language;
}

/** The formats of the menu. Each has a message under `reports:formats`. */
export const FORMATS = {
  xlsx: { format: "xlsx", table: "documents" },
  csvDocuments: { format: "csv", table: "documents" },
  csvLineItems: { format: "csv", table: "line_items" },
  csvTransactions: { format: "csv", table: "transactions" },
  csvFacts: { format: "csv", table: "facts" },
  json: { format: "json", table: "documents" },
  pdf: { format: "pdf", table: "documents" },
} as const;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

export function formatNameOf({ format, table }: Pick<ReportChoice, "format" | "table">): FormatName {
  const name = FORMAT_NAMES.find((key) => FORMATS[key].format === format && FORMATS[key].table === table);
  return name ?? "xlsx";
}

/** What the API tells reports apart by. */
export function reportId({ orderId, format, table, doubtful, language }: ReportRequest): string {
  return [orderId, format, table, doubtful, language].join(" ");
}
