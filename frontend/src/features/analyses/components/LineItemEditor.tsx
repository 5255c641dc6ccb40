import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useUnsavedInput } from "@/components/useUnsavedInput";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { useCorrectLineItemsMutation } from "../api/correctLineItems";
import type { DocumentPart } from "../documentParts";
import { editedColumns, rowRequest, sameRequest, sumOf } from "../lineItems";
import { isShownAt } from "../selection";
import { useLineItemDraft } from "../useLineItemDraft";
import { LineItemRow } from "./LineItemRow";
import { LineItemSumLine } from "./LineItemSumLine";
import { EDITOR, SCROLL } from "./lineItemStyle";

interface Props {
  reading: DocumentAnalysisResponse;
  part: DocumentPart;
  onClose: () => void;
}

/**
 * The line items of a document in text fields. Enter goes to the next row, and behind the last one adds one; Escape ends
 * the editing, after a question if something was changed. The sum is compared with the totals while it is typed.
 */
export function LineItemEditor({ reading, part, onClose }: Props) {
  const { t } = useTranslation("analysis");
  const { orderId = "" } = useParams();
  const [correct, { error, isLoading, reset }] = useCorrectLineItemsMutation();
  // What was shown when the editing began is what the customer decides on.
  const [begun] = useState({
    etag: reading.etag ?? "",
    items: reading.line_items ?? [],
    rows: part.line_items,
  });
  const draft = useLineItemDraft(begun.rows, part.segment?.first_page ?? null);
  const [columns] = useState(() => editedColumns(begun.rows));
  const [focus, setFocus] = useState<{ row: string; column: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const others = begun.items.filter((item) => !begun.rows.includes(item));
  // The rows of the document stand where the first of them stood.
  const first = begun.items.findIndex((item) => begun.rows.includes(item));
  const ahead = first < 0 ? others : begun.items.slice(0, first);
  const conflict = isProblem(error) && error.code === "line_items_changed" ? error : null;

  const documentId = reading.document_id;
  // Without a name in the address, the first document is shown.
  const { search } = useLocation();
  const isNamed = new URLSearchParams(search).has("document");
  const askToDiscard = useUnsavedInput({
    isUnsaved: draft.isChanged,
    isKeptAt: (to) => isShownAt(to, documentId) || (!isNamed && to.search === search),
    discard: onClose,
  });

  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);
  useEffect(() => {
    if (!focus) return;
    const cell = `input[data-row="${focus.row}"][data-column="${focus.column}"]`;
    form.current?.querySelector<HTMLInputElement>(cell)?.focus();
    setFocus(null);
  }, [focus]);

  async function save(tag = begun.etag) {
    if (isLoading) return;
    const items = [
      ...ahead.map(sameRequest),
      ...draft.rows.map(rowRequest),
      ...others.slice(ahead.length).map(sameRequest),
    ];
    const { data } = await correct({ orderId, documentId, etag: tag, items });
    if (!data) return;
    announce(t("rows.saved"));
    onClose();
  }

  function close() {
    if (draft.isChanged) askToDiscard();
    else onClose();
  }

  function handleKey(event: KeyboardEvent<HTMLFormElement>) {
    const { row, column } = (event.target as HTMLElement).dataset;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && row && column) {
      const at = draft.rows.findIndex(({ key }) => key === row);
      const next = draft.rows[at + 1];
      setFocus(next ? { row: next.key, column } : { row: draft.add(row), column: "description" });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function add() {
    setFocus({ row: draft.add(null), column: "description" });
  }

  function remove(key: string, index: number) {
    const neighbour = draft.rows[index + 1] ?? draft.rows[index - 1];
    draft.remove(key);
    announce(t("rows.removed", { number: index + 1 }));
    if (neighbour) setFocus({ row: neighbour.key, column: "description" });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void save();
  }

  const problems = isProblem(error) ? error.fields : {};
  // A problem of a row that is not shown, or of the list, has no field here.
  const prefixes = draft.rows.map((_row, index) => `items.${ahead.length + index}.`);
  const names = Object.keys(problems);
  const areShown =
    names.length > 0 && names.every((name) => prefixes.some((prefix) => name.startsWith(prefix)));
  return (
    <Stack
      ref={form}
      component="form"
      spacing={1}
      className="no-print"
      aria-label={t("rows.edit")}
      noValidate
      onSubmit={submit}
      onKeyDown={handleKey}
      sx={EDITOR}
    >
      <Box sx={SCROLL}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`columns.${column}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {draft.rows.map((row, index) => (
              <LineItemRow
                key={row.key}
                row={row}
                index={index}
                columns={columns}
                problems={problems}
                prefix={prefixes[index] ?? ""}
                onChange={draft.change}
                onRemove={() => remove(row.key, index)}
              />
            ))}
          </tbody>
        </table>
      </Box>
      <LineItemSumLine sum={sumOf(draft.rows, part.facts)} />
      {error && !conflict && !areShown && <ProblemAlert problem={error} />}
      {conflict && (
        <Notice severity="warning">
          <Typography>{t("rows.conflict")}</Typography>
          <Inline spacing={1}>
            <Button size="small" onClick={onClose}>
              {t("rows.discard")}
            </Button>
            <Button
              size="small"
              onClick={() => {
                reset();
                void save(String(conflict.params.etag));
              }}
            >
              {t("rows.saveAnyway")}
            </Button>
          </Inline>
        </Notice>
      )}
      <Inline spacing={0.5}>
        <Button type="submit" size="small" variant="contained" busy={isLoading}>
          {t("review.save")}
        </Button>
        <Button size="small" onClick={add}>
          {t("rows.add")}
        </Button>
        <Button size="small" disabled={!draft.isChanged} onClick={draft.undoLast}>
          {t("rows.undo")}
        </Button>
        <Button size="small" color="neutral" onClick={close}>
          {t("review.cancel")}
        </Button>
      </Inline>
    </Stack>
  );
}
