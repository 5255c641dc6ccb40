import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import type { AnalysisView } from "@/lib/api/client.generated";
import { asCsv, asJson, save } from "../save";

/** The ways to take the whole result along. */
export function Keep({ analysis }: { analysis: AnalysisView }) {
  const { t } = useTranslation("analysis");
  const name = `docket-${analysis.order_id}`;
  return (
    <div className="row no-print">
      <Button
        size="small"
        variant="outlined"
        onClick={() => save(asJson(analysis), "application/json", `${name}.json`)}
      >
        JSON
      </Button>
      <Button
        size="small"
        variant="outlined"
        onClick={() => save(asCsv(analysis), "text/csv", `${name}.csv`)}
      >
        CSV
      </Button>
      <Button size="small" variant="outlined" onClick={() => window.print()}>
        {t("print")}
      </Button>
    </div>
  );
}
