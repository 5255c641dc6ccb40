import Box from "@mui/material/Box";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import type { Box as PageBox } from "@/lib/api/client.generated";
import { boxAround, nearestWord, type PageWord, textOf, wordBeyond, wordsWithin } from "../pageWords";
import { useDrag } from "../useDrag";
import type { Place } from "../usePlacing";
import { useShownPlace } from "../useShownPlace";
import { Outline } from "./FactHighlight";

interface Props {
  page: number;
  quarters: number;
  words: PageWord[];
  /** Where the keys begin: the place of the fact. Null: at the first word. */
  near: PageBox | null;
  place: Place | null;
  onPlace: (place: Place) => void;
  onClose: () => void;
}

/** Where an arrow key leads from a word. */
const STEPS: Record<string, (words: PageWord[], from: number) => number> = {
  ArrowLeft: (_words, from) => Math.max(0, from - 1),
  ArrowRight: (words, from) => Math.min(words.length - 1, from + 1),
  ArrowUp: (words, from) => wordBeyond(words, from, -1),
  ArrowDown: (words, from) => wordBeyond(words, from, 1),
};

/**
 * Takes words of the page as the value: a click takes one, dragging takes those that it goes over. Arrow keys begin
 * at the place of the fact and go from word to word and from line to line, with Shift they take more, and Enter or Escape
 * ends it.
 */
export function WordLayer({ page, quarters, words, near, place, onPlace, onClose }: Props) {
  const { t } = useTranslation("analysis");
  const [range, setRange] = useState<{ first: number; last: number } | null>(null);
  const layer = useRef<HTMLElement>(null);
  const { drag, handlers } = useDrag(quarters, (ended) => choose(wordsWithin(ended, words)));
  // The button that opened it is gone.
  useEffect(() => layer.current?.focus({ preventScroll: true }), []);
  const chosen = place?.page === page ? place.box : null;
  useShownPlace(layer, chosen);
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
    const go = STEPS[event.key];
    if (event.key === "Escape" || event.key === "Enter") onClose();
    else if (go) {
      const moved = range ? go(words, range.last) : nearestWord(words, near);
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
