import Box from "@mui/material/Box";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { FactResponse, Box as PageBox } from "@/lib/api/client.generated";
import { boxBetween, factAt, nudged } from "../pagePoint";
import { inputKindOf } from "../typedValue";
import { type Drag, useDrag } from "../useDrag";
import type { Place } from "../usePlacing";
import { useShownPlace } from "../useShownPlace";
import { FactBoxes, Outline } from "./FactHighlight";

interface Props {
  page: number;
  quarters: number;
  /** The fact whose place is sought. */
  of: FactResponse;
  /** The facts of the page, whose places can be taken. */
  facts: FactResponse[];
  place: Place | null;
  onPlace: (place: Place) => void;
  onClose: () => void;
}

const STEP = 0.005;
const MIDDLE: PageBox = [0.4, 0.48, 0.6, 0.52];
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/**
 * Takes the place of a value: a click takes that of a fact, dragging draws a box. Arrow keys move a box, with Shift they
 * change its size, and Enter or Escape ends it.
 */
export function PlaceLayer({ page, quarters, of, facts, place, onPlace, onClose }: Props) {
  const { t } = useTranslation("analysis");
  const { drag, handlers } = useDrag(quarters, choose);
  const layer = useRef<HTMLElement>(null);
  // The button that opened it is gone.
  useEffect(() => layer.current?.focus({ preventScroll: true }), []);
  const chosen = place?.page === page ? place.box : null;
  useShownPlace(layer, chosen);
  const shown = (drag && boxBetween(drag.from, drag.to)) ?? chosen;

  function choose({ from, to }: Drag) {
    const box = boxBetween(from, to);
    // An amount and its currency have the same place: what is of the same type is meant.
    const ofType = facts.filter((candidate) => inputKindOf(candidate) === inputKindOf(of));
    const fact = box ? null : (factAt(from, ofType) ?? factAt(from, facts));
    if (box) onPlace({ page, box, fact: null, text: null });
    else if (fact?.box) onPlace({ page, box: fact.box, fact, text: null });
  }

  function handleKey(event: KeyboardEvent) {
    const [right, down] = ARROWS[event.key] ?? [];
    if (event.key === "Escape" || event.key === "Enter") onClose();
    else if (right !== undefined && down !== undefined)
      onPlace({
        page,
        box: nudged(chosen ?? (of.page === page ? of.box : null) ?? MIDDLE, right, down, event.shiftKey),
        fact: null,
        text: null,
      });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <FactBoxes facts={facts} />
      {shown && <Outline box={shown} className="placed" />}
      <Box
        ref={layer}
        role="application"
        tabIndex={0}
        aria-label={t("place.layer")}
        {...handlers}
        onKeyDown={handleKey}
        sx={{
          position: "absolute",
          inset: 0,
          cursor: "crosshair",
          touchAction: "none",
          "&:focus-visible": { outlineOffset: "-3px" },
        }}
      />
    </>
  );
}
