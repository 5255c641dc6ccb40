import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Panel } from "@/components/Panel";
import { PlainList } from "@/components/PlainList";
import { reportId } from "../choices";
import type { RequestedReport } from "../slice";
import { ReportRow } from "./ReportRow";

/** The requested reports with their progress. */
export default function ReportList({ requested }: { requested: RequestedReport[] }) {
  const { t } = useTranslation("reports");
  return (
    <Panel aria-labelledby="reports" className="no-print" sx={{ mb: 3 }}>
      <Typography variant="h2" id="reports">
        {t("title")}
      </Typography>
      <PlainList spacing={1}>
        {requested.map((report) => (
          <ReportRow key={reportId(report)} report={report} />
        ))}
      </PlainList>
    </Panel>
  );
}
