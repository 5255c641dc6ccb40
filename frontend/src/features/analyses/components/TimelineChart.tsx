import Stack from "@mui/material/Stack";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { PlainList } from "@/components/PlainList";
import type { TimelineEntryResponse } from "@/lib/api/client.generated";
import { formatDate } from "@/lib/format";
import { usePrinting } from "@/lib/usePrinting";
import type { Select } from "../selection";
import { useFactLabel } from "../useFactLabel";

interface Props {
  timeline: TimelineEntryResponse[];
  documentNameOf: (documentId: string) => string;
  onSelect: Select;
}

/** An order of hundreds of documents has more dates than anybody reads: the others are shown on request, and on paper. */
const FIRST_ENTRIES = 10;

/** Dates on a line to scale, and below it a list of the same dates with links to their pages. */
export function TimelineChart({ timeline, documentNameOf, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const entries = timeline
    .map((entry) => ({ ...entry, timeMs: Date.parse(entry.date) }))
    .sort((first, second) => first.timeMs - second.timeMs);
  const [isWhole, setIsWhole] = useState(false);
  const isPrinting = usePrinting();
  const listed = isWhole || isPrinting ? entries : entries.slice(0, FIRST_ENTRIES);
  const list = useRef<HTMLUListElement>(null);
  const startMs = entries[0]?.timeMs ?? 0;
  const spanMs = Math.max((entries.at(-1)?.timeMs ?? 0) - startMs, 1);

  /** The button is gone after this: the focus goes on to the first date that was hidden. */
  function showWhole() {
    flushSync(() => setIsWhole(true));
    list.current?.children[FIRST_ENTRIES]?.querySelector<HTMLElement>("button:not([disabled])")?.focus();
  }

  return (
    <Stack spacing={2}>
      <svg viewBox="0 0 1000 28" width="100%" aria-hidden="true">
        <rect fill="var(--mui-palette-divider)" x="8" y="13" width="984" height="2" />
        {entries.map(({ timeMs }, index) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: the order of a result never changes
            key={index}
            fill="var(--mui-palette-primary-main)"
            cx={14 + (972 * (timeMs - startMs)) / spanMs}
            cy="14"
            r="7"
          />
        ))}
      </svg>
      <PlainList component="ol" ref={list}>
        {listed.map(({ date, name, document_id, page }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of a result never changes
          <li key={index}>
            <button
              type="button"
              className="fact"
              disabled={page === null}
              onClick={() => onSelect({ documentId: document_id, page })}
            >
              <span className="fact-name">{formatDate(date)}</span>
              <span className="fact-value">
                {factLabel(name)} <span className="fact-aside">{documentNameOf(document_id)}</span>
              </span>
            </button>
          </li>
        ))}
      </PlainList>
      {listed.length < entries.length && (
        <div>
          <Button size="small" onClick={showWhole}>
            {t("timeline.whole", { count: entries.length })}
          </Button>
        </div>
      )}
    </Stack>
  );
}
