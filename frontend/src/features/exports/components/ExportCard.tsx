import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
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
    <section className="card stack" aria-labelledby="latest-export">
      <h2 id="latest-export">{t("latest")}</h2>
      {status === "none" && <p>{t("none")}</p>}
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
          <ul className="stack loose plain-list">
            {archives.map((archive) => (
              <ArchiveRow
                key={archive.number}
                archive={archive}
                count={archives.length}
                onRefused={onRefused}
              />
            ))}
          </ul>
        </>
      )}
      {status !== "making" && <RequestExport isAgain={status === "ready"} />}
    </section>
  );
}
