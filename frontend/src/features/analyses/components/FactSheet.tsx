import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { memo, useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { IconButton } from "@/components/IconButton";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { useProblemMessage } from "@/components/useProblemMessage";
import type { DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { useLatest } from "@/lib/useLatest";
import { isToReview } from "../factSections";
import { isPageAboveFacts } from "../pageLocation";
import { useFactLabel } from "../useFactLabel";
import type { Stepping } from "../useFactStepping";
import type { Placing } from "../usePlacing";
import type { Unsaved } from "../useUnsaved";
import { CopyFact } from "./CopyFact";
import { FactReview } from "./FactReview";

interface Props {
  reading: DocumentAnalysisResponse;
  fact: FactResponse | null;
  stepping: Stepping;
  placing: Placing;
  unsaved: Unsaved;
}

/**
 * The selected fact with its value, its review, and the way to the one before and the one after it: at the end of the
 * list of facts, and on a telephone at the end of the screen.
 */
export function FactSheet({ reading, fact, stepping, placing, unsaved }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const problemMessage = useProblemMessage();
  const { etag, document_id, facts } = reading;
  const doubtful = useMemo(() => facts?.filter((candidate) => candidate.doubtful) ?? [], [facts]);
  const left = useMemo(() => doubtful.filter(isToReview).length, [doubtful]);

  // The same functions from fact to fact, so that their buttons are not drawn again.
  const latest = useLatest(stepping);
  const goBack = useCallback(() => latest.current.step(-1), [latest]);
  const goOn = useCallback(() => latest.current.step(1), [latest]);
  const goToDoubtful = useCallback(() => latest.current.stepToDoubtful(), [latest]);

  const sheet = useRef<HTMLElement>(null);
  const factId = fact?.id;
  // Below notices, the end of the panes may be below the screen.
  useEffect(() => {
    if (factId && !isPageAboveFacts())
      sheet.current?.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
  }, [factId]);

  return (
    <Box
      ref={sheet}
      className="fact-sheet no-print"
      sx={{
        display: "grid",
        gap: 0.75,
        px: { xs: 1.25, md: 2 },
        py: 1.25,
        overflow: "auto",
        bgcolor: "background.paper",
        borderTop: "1px solid",
        borderColor: "divider",
        borderRadius: { xs: "14px 14px 0 0", md: "0 0 14px 14px" },
        position: { xs: "fixed", md: "static" },
        inset: "auto 0 0",
        zIndex: 2,
        maxHeight: { xs: "45dvh", md: "60%" },
        boxShadow: { xs: "0 -2px 12px rgb(0 0 0 / 20%)", md: "none" },
      }}
    >
      <Stack direction="row" spacing={0.5} sx={{ alignItems: "center" }}>
        <IconButton icon="previous" label={t("keys.previous")} onClick={goBack} />
        <Box sx={{ flex: 1, minWidth: 0, textAlign: "center" }}>
          {fact ? (
            <LabelledValue label={factLabel(fact.name)} value={fact.value} />
          ) : (
            <Muted>{t("viewer.hint")}</Muted>
          )}
        </Box>
        <IconButton icon="next" label={t("keys.next")} onClick={goOn} />
      </Stack>
      {unsaved.first && (
        <Notice
          severity="error"
          action={
            <Button size="small" color="neutral" onClick={unsaved.show}>
              {t("review.showUnsaved")}
            </Button>
          }
        >
          {t("review.unsaved", { name: factLabel(unsaved.first.name) })}{" "}
          {problemMessage(unsaved.first.problem)}
        </Notice>
      )}
      {fact && etag && (
        <FactReview
          fact={fact}
          documentId={document_id}
          etag={etag}
          placing={placing}
          onUnsaved={unsaved.add}
        />
      )}
      {fact && !etag && <CopyFact fact={fact} />}
      {etag && doubtful.length > 0 && (
        <ReviewCount
          reviewed={doubtful.length - left}
          doubtful={doubtful.length}
          onNext={stepping.hasDoubtful ? goToDoubtful : null}
        />
      )}
    </Box>
  );
}

const LabelledValue = memo(function LabelledValue({ label, value }: { label: string; value: string }) {
  return (
    <>
      <Muted small component="p">
        {label}
      </Muted>
      <Typography className="wrap" sx={{ fontWeight: 600, maxHeight: "4.5em", overflow: "auto" }}>
        {value}
      </Typography>
    </>
  );
});

interface CountProps {
  reviewed: number;
  doubtful: number;
  /** Goes to the next one to review; null: none is left. */
  onNext: (() => void) | null;
}

/** How many doubtful facts of the document are reviewed, and the way to the next one. */
const ReviewCount = memo(function ReviewCount({ reviewed, doubtful, onNext }: CountProps) {
  const { t } = useTranslation("analysis");
  return (
    <Inline between spacing={1}>
      <Muted small component="span">
        {t("review.ofDocument", { reviewed, doubtful })}
      </Muted>
      {onNext && (
        <Button size="small" onClick={onNext}>
          {t("keys.nextDoubtful")}
        </Button>
      )}
    </Inline>
  );
});
