import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import { selectAuth } from "@/features/auth/slice";
import type { CorrectFactRequest, FactResponse } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { useAppSelector } from "@/lib/appState";
import { formatDateTime } from "@/lib/format";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { useLatest } from "@/lib/useLatest";
import { useCorrectFactMutation } from "../api/correctFact";
import { factKey } from "../pageLocation";
import { useFactLabel } from "../useFactLabel";
import type { Placing } from "../usePlacing";
import type { UnsavedReview } from "../useUnsaved";
import { CopyFact } from "./CopyFact";
import { CorrectionForm } from "./CorrectionForm";
import { FactActions, type ReviewAction } from "./FactActions";

interface Props {
  fact: FactResponse;
  documentId: string;
  /** The tag of the facts that are shown. */
  etag: string;
  placing: Placing;
  /** Gets a review that was not saved, if another fact was selected meanwhile. */
  onUnsaved: (review: UnsavedReview) => void;
}

/**
 * What a customer can say about a fact: it is right, it is something else, it is none; and the way back. It stays from
 * fact to fact, so that a selection is answered at once; what belongs to one fact names it.
 */
export function FactReview({ fact, documentId, etag, placing, onUnsaved }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const { orderId = "" } = useParams();
  const { user } = useAppSelector(selectAuth);
  const [correctFact, { error, isLoading, originalArgs, isUninitialized, reset }] = useCorrectFactMutation();
  const key = factKey(documentId, fact.id);
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const isTyping = typedKey === key;
  if (typedKey !== null && !isTyping) setTypedKey(null);
  const wasTyped = useRef<string | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const correctButton = useRef<HTMLButtonElement>(null);
  /** The fact that is shown, for what happens after a response. */
  const shown = useRef<string | null>(null);
  const forget = useLatest(isUninitialized ? null : reset);
  useLayoutEffect(() => {
    shown.current = key;
    return () => {
      shown.current = null;
      forget.current?.();
    };
  }, [key, forget]);
  const { review, reader_value } = fact;
  // To accept means that the reader was right: a correction is undone first.
  const canAccept = review?.verdict !== "accepted" && !fact.corrected;
  const conflict = isProblem(error) && error.code === "fact_changed" ? error : null;

  // On a telephone the sheet scrolls, and its end is below the screen. What was changed elsewhere comes after the conflict.
  const answers = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a review that was made elsewhere has lines above it
  useEffect(() => {
    if (conflict) answers.current?.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
  }, [conflict, fact]);

  async function send(request: CorrectFactRequest, tag = etag) {
    if (isLoading) return;
    const { data, error: problem } = await correctFact({
      orderId,
      documentId,
      factId: fact.id,
      etag: tag,
      request,
    });
    // The form and the place of another fact stay open, and so does one that was opened since.
    const isShown = shown.current === key;
    if (problem && !isShown) onUnsaved({ documentId, factId: fact.id, name: fact.name, problem });
    if (!data) return;
    // A button that was pressed here is disabled or gone after this. By a key the focus is elsewhere, and stays.
    if (isShown && group.current?.contains(document.activeElement)) correctButton.current?.focus();
    if (isShown && request.action === "correct") close();
    announce(t(`review.done.${request.action}`, { name: factLabel(fact.name), value: data.value }));
  }

  function correct(value: string) {
    const { place } = placing;
    const where = place ? { page: place.page, box: place.box } : {};
    void send({ action: "correct", value, ...where });
  }

  function close() {
    setTypedKey(null);
    placing.put(null);
  }

  // The button is back only after the form is gone.
  useEffect(() => {
    if (wasTyped.current === key && !isTyping) correctButton.current?.focus();
    wasTyped.current = isTyping ? key : null;
  }, [isTyping, key]);
  function keepTheirs() {
    reset();
    close();
    correctButton.current?.focus();
  }
  const act = (action: ReviewAction) => void send({ action });
  const open = () => setTypedKey(key);
  const latest = useLatest({ act, open });
  const handleAction = useCallback((action: ReviewAction) => latest.current.act(action), [latest]);
  const handleCorrect = useCallback(() => latest.current.open(), [latest]);

  useShortcut("a", t("review.accept"), () => act("accept"), canAccept);
  useShortcut("c", t("review.correct"), open);
  useShortcut("x", t("review.reject"), () => act("reject"), review?.verdict !== "rejected");
  useShortcut("u", t("review.undo"), () => act("reset"), review !== null);

  return (
    <Stack
      ref={group}
      spacing={0.75}
      className="wrap"
      role="group"
      aria-label={t("review.group", { name: factLabel(fact.name) })}
    >
      {reader_value && (
        <Typography className="wrap">{t("review.readAs", { value: reader_value.value })}</Typography>
      )}
      {review && (
        <Muted small>
          {t(review.by === user?.id ? "review.byYou" : "review.at", { time: formatDateTime(review.at) })}
        </Muted>
      )}
      {review && !review.found && <Typography variant="body2">{t("review.notFound")}</Typography>}
      {isTyping ? (
        <CorrectionForm
          fact={fact}
          documentId={documentId}
          problem={error && !conflict ? error : null}
          busy={isLoading}
          placing={placing}
          onSubmit={correct}
          onCancel={close}
        />
      ) : (
        <Inline spacing={0}>
          <FactActions
            canAccept={canAccept}
            canReject={review?.verdict !== "rejected"}
            canUndo={review !== null}
            correctButton={correctButton}
            onAction={handleAction}
            onCorrect={handleCorrect}
          />
          <CopyFact fact={fact} />
        </Inline>
      )}
      {error && !conflict && !isTyping && <ProblemAlert problem={error} />}
      {conflict && originalArgs && (
        <Notice severity="warning">
          <Typography>{t("review.conflict")}</Typography>
          <Inline ref={answers} spacing={1}>
            <Button size="small" onClick={keepTheirs}>
              {t("review.keep", { value: String(conflict.params.current) })}
            </Button>
            <Button
              size="small"
              onClick={() => void send(originalArgs.request, String(conflict.params.etag))}
            >
              {t(`review.again.${originalArgs.request.action}`, {
                value: String(conflict.params.requested),
              })}
            </Button>
          </Inline>
        </Notice>
      )}
    </Stack>
  );
}
