import { useTranslation } from "react-i18next";
import { CopyIconButton } from "@/components/CopyIconButton";
import { Inline } from "@/components/Inline";
import type { FactResponse } from "@/lib/api/client.generated";
import { tabSeparated } from "@/lib/tabSeparated";
import { useFactLabel } from "../useFactLabel";

/** Copies the value of the selected fact, or a row of its label and value. */
export function CopyFact({ fact }: { fact: FactResponse }) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  return (
    <Inline spacing={0} sx={{ ml: "auto" }}>
      <CopyIconButton label={t("copy.value")} text={() => fact.value} />
      <CopyIconButton
        icon="copyAll"
        label={t("copy.fact")}
        text={() => tabSeparated([[factLabel(fact.name), fact.value]])}
      />
    </Inline>
  );
}
