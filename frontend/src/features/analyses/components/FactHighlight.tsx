import { memo } from "react";
import type { Box, FactResponse } from "@/lib/api/client.generated";
import { useFactLabel } from "../useFactLabel";

/** The rectangle is slightly larger than the text, so that its border does not cross the text. */
const MARGIN = 0.004;

function outline([left, top, right, bottom]: Box) {
  return {
    x: left - MARGIN,
    y: top - MARGIN,
    width: right - left + 2 * MARGIN,
    height: bottom - top + 2 * MARGIN,
  };
}

/** A rectangle drawn over a page. The box is in fractions of the page's width and height. */
export function FactHighlight({ box, label }: { box: Box; label: string }) {
  return (
    <svg className="highlight" viewBox="0 0 1 1" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect {...outline(box)} />
    </svg>
  );
}

/** A decorative rectangle. */
export function Outline({ box, className }: { box: Box; className: string }) {
  return (
    <svg className={className} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <rect {...outline(box)} />
    </svg>
  );
}

export type BoxedFact = Pick<FactResponse, "id" | "name" | "value" | "box">;

interface AllProps {
  facts: BoxedFact[];
  onSelect?: (fact: BoxedFact) => void;
}

/** The boxes of all facts of a page: each shows its name and value when the pointer is on it. The list of facts has the same for keyboards. */
export const FactBoxes = memo(function FactBoxes({ facts, onSelect }: AllProps) {
  const factLabel = useFactLabel();
  return (
    <svg className="boxes" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {facts.map(
        (fact) =>
          fact.box && (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list of facts has a button for each
            <rect key={fact.id} {...outline(fact.box)} onClick={() => onSelect?.(fact)}>
              <title>{`${factLabel(fact.name)}: ${fact.value}`}</title>
            </rect>
          ),
      )}
    </svg>
  );
});
