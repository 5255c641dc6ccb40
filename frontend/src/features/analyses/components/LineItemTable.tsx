import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { formatDateTime } from "@/lib/format";
import { useCorrectLineItemsMutation } from "../api/correctLineItems";
import type { DocumentPart } from "../documentParts";
import { COLUMNS } from "../lineItems";
import { DataTable } from "./DataTable";
import { LineItemEditor } from "./LineItemEditor";

const TEXTS: readonly string[] = COLUMNS.slice(0, 3);

interface Props {
  reading: DocumentAnalysisResponse;
  part: DocumentPart;
  heading: "h3" | "h4";
}

/** The line items of an invoice or receipt, which are edited in place. Columns without any value are left out. */
export function LineItemTable({ reading, part, heading: Heading }: Props) {
  const { t } = useTranslation("analysis");
  const { orderId = "" } = useParams();
  const [isEdited, setEdited] = useState(false);
  const [correct, { error, isLoading }] = useCorrectLineItemsMutation();
  const editButton = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  const { line_items: items } = part;
  const { etag, line_items_review: review, line_items_complete: isComplete = true } = reading;

  // The button is back only after the form is gone.
  useEffect(() => {
    if (wasEdited.current && !isEdited) editButton.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);

  async function reset() {
    if (!etag || isLoading) return;
    const { data } = await correct({ orderId, documentId: reading.document_id, etag, items: null });
    if (data) announce(t("rows.wereReset"));
    editButton.current?.focus();
  }

  const columns = COLUMNS.filter((column) => items.some((item) => item[column]));
  const rows = [
    columns.map((column) => t(`columns.${column}`)),
    ...items.map((item) => columns.map((column) => item[column] ?? "")),
  ];
  return (
    <Stack spacing={0.75}>
      {(items.length > 0 || isEdited || review) && (
        <Typography variant={Heading}>{t("lineItems")}</Typography>
      )}
      {isEdited ? (
        <LineItemEditor reading={reading} part={part} onClose={() => setEdited(false)} />
      ) : (
        <>
          {items.length > 0 && (
            <DataTable
              rows={rows}
              label={t("lineItems")}
              numbersFrom={columns.filter((column) => TEXTS.includes(column)).length}
            />
          )}
          {review && <Muted small>{t("rows.corrected", { time: formatDateTime(review.at) })}</Muted>}
          {etag && !isComplete && <Muted small>{t("rows.incomplete")}</Muted>}
          <ProblemAlert problem={error} />
          {etag && isComplete && (
            <Inline spacing={0.5} className="no-print">
              <Button ref={editButton} size="small" variant="outlined" onClick={() => setEdited(true)}>
                {t(items.length > 0 ? "rows.edit" : "rows.begin")}
              </Button>
              {review && (
                <Button size="small" color="neutral" busy={isLoading} onClick={() => void reset()}>
                  {t("rows.reset")}
                </Button>
              )}
            </Inline>
          )}
        </>
      )}
    </Stack>
  );
}
