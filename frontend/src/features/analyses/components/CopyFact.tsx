import { useTranslation } from "react-i18next";
import { CopyButton } from "@/components/CopyButton";
import { Inline } from "@/components/Inline";
import type { FactResponse } from "@/lib/api/client.generated";
import { tabSeparated } from "@/lib/tabSeparated";
import { useFactLabel } from "../useFactLabel";

/** Copies the value of the selected fact, or a row of its label and value. */
export function CopyFact({ fact }: { fact: FactResponse }) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  return (
    <Inline spacing={0.5}>
      <CopyButton size="small" variant="text" text={fact.value} label={t("copy.value")} />
      <CopyButton
        size="small"
        variant="text"
        text={tabSeparated([[factLabel(fact.name), fact.value]])}
        label={t("copy.fact")}
      />
    </Inline>
  );
}
