import type { FactResponse } from "@/lib/api/client.generated";
import { formatDate, formatMoney } from "@/lib/format";

/** A date or an amount in the reader's format, where the document writes it differently. */
export function NormalisedValue({ fact: { value, normalised } }: { fact: FactResponse }) {
  const text = typeof normalised === "string" ? dateText(normalised) : moneyText(normalised);
  if (!text || text.replace(/\s/g, "") === value.replace(/\s/g, "")) return null;
  return <span className="fact-aside"> → {text}</span>;
}

function dateText(normalised: string): string | null {
  return /^\d{4}-\d\d-\d\d$/.test(normalised) ? formatDate(normalised) : null;
}

function moneyText(normalised: FactResponse["normalised"]): string | null {
  if (typeof normalised !== "object" || normalised === null) return null;
  const { minor, currency } = normalised;
  return typeof minor === "number" && typeof currency === "string" ? formatMoney(minor, currency) : null;
}
