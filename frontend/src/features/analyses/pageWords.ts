import type { Box, PageTextResponse } from "@/lib/api/client.generated";
import type { Drag } from "./useDrag";

export interface PageWord {
  text: string;
  box: Box;
  /** The number of its line. */
  line: number;
}

/** A click beside a word takes it from this far, as a fraction of the page. */
const NEAR = 0.01;

/** The words of a page in reading order. */
export function wordsOf({ lines }: PageTextResponse): PageWord[] {
  return lines.flatMap(({ words }, line) => words.map(({ text, box }) => ({ text, box, line })));
}

/** The words that a drag goes over, or the one that is clicked. */
export function wordsWithin({ from, to }: Drag, words: PageWord[]): PageWord[] {
  const left = Math.min(from.x, to.x);
  const right = Math.max(from.x, to.x);
  const top = Math.min(from.y, to.y);
  const bottom = Math.max(from.y, to.y);
  const touched = ({ box }: PageWord, margin: number) =>
    box[0] - margin <= right &&
    left <= box[2] + margin &&
    box[1] - margin <= bottom &&
    top <= box[3] + margin;
  const found = words.filter((word) => touched(word, 0));
  return found.length > 0 ? found : words.filter((word) => touched(word, NEAR)).slice(0, 1);
}

/** The text of words: lines follow each other with a blank. */
export function textOf(words: PageWord[]): string {
  return words.map(({ text }) => text).join(" ");
}

/** The box around words; null: there are none. */
export function boxAround(words: PageWord[]): Box | null {
  const [first, ...others] = words.map(({ box }) => box);
  if (!first) return null;
  return others.reduce<Box>(
    (whole, box) => [
      Math.min(whole[0], box[0]),
      Math.min(whole[1], box[1]),
      Math.max(whole[2], box[2]),
      Math.max(whole[3], box[3]),
    ],
    first,
  );
}

/** The number of the word that is nearest to a box, or of the first one without a box. */
export function nearestWord(words: PageWord[], box: Box | null): number {
  if (!box) return 0;
  const [x, y] = middleOf(box);
  return indexOfLeast(words, (word) => {
    const [left, top] = middleOf(word.box);
    return Math.hypot(left - x, top - y);
  });
}

/** The number of the word above (-1) or below (1) another one; at the end of the page, that one itself. */
export function wordBeyond(words: PageWord[], from: number, direction: 1 | -1): number {
  const current = words[from];
  if (!current) return from;
  const [x] = middleOf(current.box);
  const [, top, , bottom] = current.box;
  const distance = ({ box }: PageWord) => {
    const [, y] = middleOf(box);
    return direction > 0 ? y - bottom : top - y;
  };
  const beyond = words.map(distance).filter((distance) => distance > 0);
  if (beyond.length === 0) return from;
  const limit = Math.min(...beyond) + (bottom - top) / 2;
  return indexOfLeast(words, (word) => {
    const away = distance(word);
    return away > 0 && away <= limit ? Math.abs(middleOf(word.box)[0] - x) : Number.POSITIVE_INFINITY;
  });
}

function middleOf([left, top, right, bottom]: Box): [number, number] {
  return [(left + right) / 2, (top + bottom) / 2];
}

function indexOfLeast(words: PageWord[], measure: (word: PageWord) => number): number {
  const measures = words.map(measure);
  return Math.max(0, measures.indexOf(Math.min(...measures)));
}
