import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { PlainList } from "@/components/PlainList";
import type { ExportResponse } from "@/lib/api/client.generated";
import { formatDateTime } from "@/lib/format";
import { ArchiveRow } from "./ArchiveRow";
import { RequestExport } from "./RequestExport";

interface Props {
  latest: ExportResponse;
  /** It has been made for long without an end. */
  isSlow: boolean;
  onRefused: () => void;
}

/** The latest export: none, being made, ready with its archives, expired, or failed. */
export function ExportCard({ latest, isSlow, onRefused }: Props) {
  const { t } = useTranslation("exports");
  const { status, archives } = latest;
  return (
    <Panel aria-labelledby="latest-export">
      <Typography variant="h2" id="latest-export">
        {t("latest")}
      </Typography>
      {status === "none" && <Typography>{t("none")}</Typography>}
      {status === "making" && (
        <Notice severity="info">
          {t("making", { time: formatDateTime(latest.requested_at ?? "") })} {isSlow && t("slow")}
        </Notice>
      )}
      {status === "failed" && <Notice severity="error">{t("failed")}</Notice>}
      {status === "expired" && (
        <Notice severity="warning">{t("expired", { time: formatDateTime(latest.expires_at ?? "") })}</Notice>
      )}
      {status === "ready" && (
        <>
          <Notice severity="success">
            {t("ready", { time: formatDateTime(latest.expires_at ?? "") })}{" "}
            {archives.length > 1 && t("together")}
          </Notice>
          <PlainList spacing={3}>
            {archives.map((archive) => (
              <ArchiveRow
                key={archive.number}
                archive={archive}
                count={archives.length}
                onRefused={onRefused}
              />
            ))}
          </PlainList>
        </>
      )}
      {status !== "making" && <RequestExport isAgain={status === "ready"} />}
    </Panel>
  );
}
