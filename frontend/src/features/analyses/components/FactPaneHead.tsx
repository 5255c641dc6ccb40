import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useDownload } from "@/features/documents/useDownload";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { useKindName } from "../useKindName";
import { CopyFacts } from "./CopyFacts";

interface Props {
  reading: DocumentAnalysisResponse;
  /** The id of its heading. */
  id: string;
}

/** The name of a file, its kind and pages, its facts to copy, and the original. A selection leaves it as it is. */
export const FactPaneHead = memo(function FactPaneHead({ reading, id }: Props) {
  const { t } = useTranslation("analysis");
  const original = useDownload(reading.document_id);
  const kindName = useKindName();
  const { segments = [], facts = [] } = reading;
  const properties = [
    segments.length > 0 ? t("segment.count", { count: segments.length }) : kindName(reading.kind),
    reading.page_count ? t("pages", { count: reading.page_count }) : null,
  ];
  return (
    <>
      <Inline between spacing={1}>
        <Stack sx={{ flex: "1 1 10rem", minWidth: 0 }}>
          <Typography variant="h3" component="h2" className="wrap" id={id}>
            {documentName(reading)}
          </Typography>
          <Muted small>{properties.filter(Boolean).join(" · ")}</Muted>
        </Stack>
        <Inline spacing={0.5}>
          {facts.length > 0 && <CopyFacts facts={facts} />}
          <Button
            size="small"
            busy={original.busy}
            onClick={original.download}
            aria-label={t("originalOf", { name: documentName(reading) })}
          >
            {t("original")}
          </Button>
        </Inline>
      </Inline>
      <ProblemAlert problem={original.error} />
    </>
  );
});
