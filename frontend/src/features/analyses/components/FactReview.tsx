import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { announce } from "@/components/announce";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import type { CorrectFactRequest, FactResponse } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { formatDateTime } from "@/lib/format";
import { MuiProvider } from "@/theme/MuiProvider";
import { useCorrectFactMutation } from "../api/correctFact";
import { useFactLabel } from "../useFactLabel";
import { CorrectionForm } from "./CorrectionForm";

interface Props {
  fact: FactResponse;
  documentId: string;
  /** The tag of the facts that are shown. */
  etag: string;
}

type Action = CorrectFactRequest["action"];

/** What a customer can say about a fact: it is right, it is something else, it is none; and the way back. */
export default function FactReview({ fact, documentId, etag }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const { orderId = "" } = useParams();
  const [correctFact, { error, isLoading, originalArgs, reset }] = useCorrectFactMutation();
  const [isTyping, setIsTyping] = useState(false);
  const wasTyping = useRef(false);
  const correctButton = useRef<HTMLButtonElement>(null);
  const { review, reader_value } = fact;
  // To accept means that the reader was right: a correction is undone first.
  const canAccept = review?.verdict !== "accepted" && !fact.corrected;
  const conflict = isProblem(error) && error.code === "fact_changed" ? error : null;

  async function send(request: CorrectFactRequest, tag = etag) {
    if (isLoading) return;
    const { data } = await correctFact({
      orderId,
      documentId,
      factId: fact.id,
      etag: tag,
      request,
    });
    if (!data) return;
    close();
    announce(t(`review.done.${request.action}`, { name: factLabel(fact.name), value: data.value }));
  }

  function close() {
    setIsTyping(false);
    correctButton.current?.focus();
  }

  // The button is back only after the form is gone.
  useEffect(() => {
    if (wasTyping.current && !isTyping) correctButton.current?.focus();
    wasTyping.current = isTyping;
  }, [isTyping]);
  function keepTheirs() {
    reset();
    close();
  }
  const act = (action: Action) => void send({ action });

  useShortcut("a", t("review.accept"), () => act("accept"), canAccept);
  useShortcut("c", t("review.correct"), () => setIsTyping(true));
  useShortcut("x", t("review.reject"), () => act("reject"), review?.verdict !== "rejected");
  useShortcut("u", t("review.undo"), () => act("reset"), review !== null);

  return (
    <MuiProvider>
      {/* biome-ignore lint/a11y/useSemanticElements: these buttons are not a part of a form */}
      <div
        className="fact-review stack tight no-print"
        role="group"
        aria-label={t("review.group", { name: factLabel(fact.name) })}
      >
        {reader_value && <p className="wrap">{t("review.readAs", { value: reader_value.value })}</p>}
        {review && <p className="muted small">{t("review.at", { time: formatDateTime(review.at) })}</p>}
        {review && !review.found && <p className="small">{t("review.notFound")}</p>}
        {isTyping ? (
          <CorrectionForm
            fact={fact}
            problem={error && !conflict ? error : null}
            busy={isLoading}
            onSubmit={(value) => void send({ action: "correct", value })}
            onCancel={close}
          />
        ) : (
          <div className="row tight">
            <Button size="small" disabled={!canAccept} onClick={() => act("accept")}>
              {t("review.accept")}
            </Button>
            <Button ref={correctButton} size="small" onClick={() => setIsTyping(true)}>
              {t("review.correct")}
            </Button>
            <Button size="small" disabled={review?.verdict === "rejected"} onClick={() => act("reject")}>
              {t("review.reject")}
            </Button>
            {review && (
              <Button size="small" onClick={() => act("reset")}>
                {t("review.undo")}
              </Button>
            )}
          </div>
        )}
        {error && !conflict && !isTyping && <ProblemAlert problem={error} />}
        {conflict && originalArgs && (
          <Alert severity="warning">
            <p>{t("review.conflict")}</p>
            <div className="row tight">
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
            </div>
          </Alert>
        )}
      </div>
    </MuiProvider>
  );
}
