import type { Box } from "@/lib/api/client.generated";

/** The rectangle is slightly larger than the text, so that its border does not cross the text. */
const MARGIN = 0.004;

/** A rectangle drawn over a page. The box is in fractions of the page's width and height. */
export function FactHighlight({ box: [left, top, right, bottom], label }: { box: Box; label: string }) {
  return (
    <svg viewBox="0 0 1 1" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect
        x={left - MARGIN}
        y={top - MARGIN}
        width={right - left + 2 * MARGIN}
        height={bottom - top + 2 * MARGIN}
      />
    </svg>
  );
}
