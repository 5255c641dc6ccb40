import { useTranslation } from "react-i18next";
import { CopyIconButton } from "@/components/CopyIconButton";
import type { FactResponse } from "@/lib/api/client.generated";
import { formatPercent } from "@/lib/format";
import { tabSeparated } from "@/lib/tabSeparated";
import { useFactLabel } from "../useFactLabel";

/** Copies the facts of a document as a table: label, value, page, and how sure each is or what its review says. */
export function CopyFacts({ facts }: { facts: FactResponse[] }) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const rowOf = ({ name, value, page, confidence, review }: FactResponse) => [
    factLabel(name),
    value,
    page ? String(page) : "",
    review ? t(`review.verdict.${review.verdict}`) : formatPercent(confidence),
  ];
  return <CopyIconButton label={t("copy.facts")} text={() => tabSeparated(facts.map(rowOf))} />;
}
