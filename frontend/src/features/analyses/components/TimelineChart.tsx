import Stack from "@mui/material/Stack";
import { PlainList } from "@/components/PlainList";
import type { TimelineEntryResponse } from "@/lib/api/client.generated";
import { formatDate } from "@/lib/format";
import type { Select } from "../selection";
import { useFactLabel } from "../useFactLabel";

interface Props {
  timeline: TimelineEntryResponse[];
  documentNameOf: (documentId: string) => string;
  onSelect: Select;
}

/** Dates on a line to scale, and below it a list of the same dates with links to their pages. */
export function TimelineChart({ timeline, documentNameOf, onSelect }: Props) {
  const factLabel = useFactLabel();
  const entries = timeline
    .map((entry) => ({ ...entry, timeMs: Date.parse(entry.date) }))
    .sort((first, second) => first.timeMs - second.timeMs);
  const startMs = entries[0]?.timeMs ?? 0;
  const spanMs = Math.max((entries.at(-1)?.timeMs ?? 0) - startMs, 1);
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
      <PlainList component="ol">
        {entries.map(({ date, name, document_id, page }, index) => (
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
    </Stack>
  );
}
