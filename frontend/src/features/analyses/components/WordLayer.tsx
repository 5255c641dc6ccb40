import Box from "@mui/material/Box";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { boxAround, type PageWord, textOf, wordsWithin } from "../pageWords";
import { useDrag } from "../useDrag";
import type { Place } from "../usePlacing";
import { Outline } from "./FactHighlight";

interface Props {
  page: number;
  quarters: number;
  words: PageWord[];
  place: Place | null;
  onPlace: (place: Place) => void;
  onClose: () => void;
}

/**
 * Takes words of the page as the value: a click takes one, dragging takes those that it goes over. Arrow keys go from word
 * to word, with Shift they take more, and Enter or Escape ends it.
 */
export function WordLayer({ page, quarters, words, place, onPlace, onClose }: Props) {
  const { t } = useTranslation("analysis");
  const [range, setRange] = useState<{ first: number; last: number } | null>(null);
  const layer = useRef<HTMLElement>(null);
  const { drag, handlers } = useDrag(quarters, (ended) => choose(wordsWithin(ended, words)));
  // The button that opened it is gone.
  useEffect(() => layer.current?.focus({ preventScroll: true }), []);
  const chosen = place?.page === page ? place.box : null;
  const shown = drag ? boxAround(wordsWithin(drag, words)) : chosen;

  function choose(taken: PageWord[]) {
    const box = boxAround(taken);
    const [first] = taken;
    const last = taken.at(-1);
    if (!box || !first || !last) return;
    setRange({ first: words.indexOf(first), last: words.indexOf(last) });
    const text = textOf(taken);
    announce(text);
    onPlace({ page, box, fact: null, text });
  }

  function handleKey(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape" || event.key === "Enter") onClose();
    else if (step) {
      const moved = Math.min(words.length - 1, Math.max(0, range ? range.last + step : 0));
      const first = event.shiftKey && range ? Math.min(range.first, moved) : moved;
      choose(words.slice(first, moved + 1));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      {shown && <Outline box={shown} className="placed" />}
      <Box
        ref={layer}
        role="application"
        tabIndex={0}
        aria-label={t("words.layer")}
        {...handlers}
        onKeyDown={handleKey}
        sx={{
          position: "absolute",
          inset: 0,
          cursor: "text",
          touchAction: "none",
          "&:focus-visible": { outlineOffset: "-3px" },
        }}
      />
    </>
  );
}
