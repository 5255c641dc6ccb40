import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useEffect, useRef, useState } from "react";
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
import { useCorrectFactMutation } from "../api/correctFact";
import { useFactLabel } from "../useFactLabel";
import type { Placing } from "../usePlacing";
import { CorrectionForm } from "./CorrectionForm";

interface Props {
  fact: FactResponse;
  documentId: string;
  /** The tag of the facts that are shown. */
  etag: string;
  placing: Placing;
  /** Gets the problem of a review that was not saved, if another fact was selected meanwhile. */
  onUnsaved: (problem: unknown) => void;
}

type Action = CorrectFactRequest["action"];

/** What a customer can say about a fact: it is right, it is something else, it is none; and the way back. */
export function FactReview({ fact, documentId, etag, placing, onUnsaved }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const { orderId = "" } = useParams();
  const { user } = useAppSelector(selectAuth);
  const [correctFact, { error, isLoading, originalArgs, reset }] = useCorrectFactMutation();
  const [isTyping, setIsTyping] = useState(false);
  const wasTyping = useRef(false);
  const group = useRef<HTMLDivElement>(null);
  const correctButton = useRef<HTMLButtonElement>(null);
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const { review, reader_value } = fact;
  // To accept means that the reader was right: a correction is undone first.
  const canAccept = review?.verdict !== "accepted" && !fact.corrected;
  const conflict = isProblem(error) && error.code === "fact_changed" ? error : null;

  async function send(request: CorrectFactRequest, tag = etag) {
    if (isLoading) return;
    const { data, error: problem } = await correctFact({
      orderId,
      documentId,
      factId: fact.id,
      etag: tag,
      request,
    });
    if (problem && !isShown.current) onUnsaved(problem);
    if (!data) return;
    // A button that was pressed here is disabled or gone after this. By a key the focus is elsewhere, and stays.
    if (group.current?.contains(document.activeElement)) correctButton.current?.focus();
    // The form and the place of another fact stay open.
    if (isShown.current) close();
    announce(t(`review.done.${request.action}`, { name: factLabel(fact.name), value: data.value }));
  }

  function correct(value: string) {
    const { place } = placing;
    const where = place ? { page: place.page, box: place.box } : {};
    void send({ action: "correct", value, ...where });
  }

  function close() {
    setIsTyping(false);
    placing.put(null);
  }

  // The button is back only after the form is gone.
  useEffect(() => {
    if (wasTyping.current && !isTyping) correctButton.current?.focus();
    wasTyping.current = isTyping;
  }, [isTyping]);
  function keepTheirs() {
    reset();
    close();
    correctButton.current?.focus();
  }
  const act = (action: Action) => void send({ action });

  useShortcut("a", t("review.accept"), () => act("accept"), canAccept);
  useShortcut("c", t("review.correct"), () => setIsTyping(true));
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
          problem={error && !conflict ? error : null}
          busy={isLoading}
          placing={placing}
          onSubmit={correct}
          onCancel={close}
        />
      ) : (
        <Inline spacing={1}>
          <Button size="small" variant="outlined" disabled={!canAccept} onClick={() => act("accept")}>
            {t("review.accept")}
          </Button>
          <Button ref={correctButton} size="small" variant="outlined" onClick={() => setIsTyping(true)}>
            {t("review.correct")}
          </Button>
          <Button
            size="small"
            variant="outlined"
            disabled={review?.verdict === "rejected"}
            onClick={() => act("reject")}
          >
            {t("review.reject")}
          </Button>
          {review && (
            <Button size="small" color="neutral" onClick={() => act("reset")}>
              {t("review.undo")}
            </Button>
          )}
        </Inline>
      )}
      {error && !conflict && !isTyping && <ProblemAlert problem={error} />}
      {conflict && originalArgs && (
        <Notice severity="warning">
          <Typography>{t("review.conflict")}</Typography>
          <Inline spacing={1}>
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
