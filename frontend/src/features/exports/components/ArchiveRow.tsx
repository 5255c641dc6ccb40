import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Grow } from "@/components/Grow";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import type { ExportArchiveResponse } from "@/lib/api/client.generated";
import { formatBytes } from "@/lib/format";
import { startDownload } from "@/lib/startDownload";
import { useLazyExportsDownloadQuery } from "../api/export";

interface Props {
  archive: ExportArchiveResponse;
  /** The number of all archives. */
  count: number;
  /** An address was refused: the archives may have expired. */
  onRefused: () => void;
}

/** An archive, and the button that downloads it. Its address expires after minutes: each click requests a new one. */
export function ArchiveRow({ archive, count, onRefused }: Props) {
  const { t } = useTranslation("exports");
  const [fetchUrl, { isFetching, error }] = useLazyExportsDownloadQuery();
  const { run, dialog } = useReauthentication();
  const name = count > 1 ? t("part", { number: archive.number, count }) : t("archive");

  async function download() {
    const result = await fetchUrl({ number: archive.number });
    if (result.data) startDownload(result.data.url);
    else if (!needsReauthentication(result.error)) onRefused();
    return result;
  }

  return (
    <Stack spacing={0.75} component="li">
      <Inline between>
        <Grow>
          <Typography variant="h3">{name}</Typography>
          <Muted small>{t("size", { size: formatBytes(archive.size) })}</Muted>
        </Grow>
        <Button
          variant="contained"
          size="small"
          busy={isFetching}
          aria-label={t("downloadOf", { name })}
          onClick={() => void run(download)}
        >
          {t("download")}
        </Button>
      </Inline>
      <ProblemAlert problem={needsReauthentication(error) ? undefined : error} />
      {dialog}
    </Stack>
  );
}
