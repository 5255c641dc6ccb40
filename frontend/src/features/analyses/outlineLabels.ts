import type { Box } from "@/lib/api/client.generated";

/** The width of the outline of a page in its own units; its height follows from the size of the page. */
export const OUTLINE_WIDTH = 1000;
export const LABEL_SIZE = 32;
/** The average width of a sign of the font, relative to its size. A label that is wider only overlaps another. */
const SIGN_WIDTH = 0.55;
const GAP = 6;

interface LabelOfBox {
  text: string;
  box: Box;
}

/** The lower left corner of a label. */
export interface LabelPlace {
  x: number;
  y: number;
}

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Where the name of each fact is written on the outline of a page: above its box, below or beside it. A name without
 * room there has no place: it would cover another name or another box.
 */
export function placeLabels(facts: readonly LabelOfBox[], height: number): (LabelPlace | null)[] {
  const boxes = facts.map(({ box }) => scaled(box, height));
  const labels: Rectangle[] = [];
  return facts.map(({ text }, at) => {
    const box = boxes[at];
    if (!box) return null;
    const others = boxes.filter((other) => other !== box);
    const free = candidates(box, (text.length + 1) * LABEL_SIZE * SIGN_WIDTH).find(
      (label) => isInside(label, height) && ![...labels, ...others].some((other) => overlap(label, other)),
    );
    if (!free) return null;
    labels.push(free);
    return { x: free.left, y: free.bottom };
  });
}

/** A box in the units of the outline. */
export function scaled([left, top, right, bottom]: Box, height: number): Rectangle {
  return {
    left: left * OUTLINE_WIDTH,
    top: top * height,
    right: right * OUTLINE_WIDTH,
    bottom: bottom * height,
  };
}

function candidates({ left, top, right, bottom }: Rectangle, width: number): Rectangle[] {
  const at = (x: number, y: number) => ({ left: x, top: y - LABEL_SIZE, right: x + width, bottom: y });
  const middle = (top + bottom + LABEL_SIZE) / 2;
  return [
    at(left, top - GAP),
    at(right - width, top - GAP),
    at(left - width - GAP, middle),
    at(right + GAP, middle),
    at(left, bottom + LABEL_SIZE + GAP),
  ];
}

function isInside({ left, top, right, bottom }: Rectangle, height: number): boolean {
  return left >= 0 && top >= 0 && right <= OUTLINE_WIDTH && bottom <= height;
}

function overlap(first: Rectangle, second: Rectangle): boolean {
  const isBeside = first.right <= second.left || second.right <= first.left;
  return !isBeside && first.bottom > second.top && second.bottom > first.top;
}
