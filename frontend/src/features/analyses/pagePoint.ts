import type { Box, FactResponse } from "@/lib/api/client.generated";

/** A point of a page in fractions of its width and height. */
export interface PagePoint {
  x: number;
  y: number;
}

/** A smaller box is a click. */
const LEAST = 0.004;

/** The point of a page that is below the pointer, whatever way round the page is. `frame` is what the page takes on the screen. */
export function pagePoint(
  { clientX, clientY }: { clientX: number; clientY: number },
  frame: Pick<DOMRect, "left" | "top" | "width" | "height">,
  quarters: number,
): PagePoint {
  const right = within((clientX - frame.left) / frame.width);
  const down = within((clientY - frame.top) / frame.height);
  if (quarters === 1) return { x: down, y: 1 - right };
  if (quarters === 2) return { x: 1 - right, y: 1 - down };
  if (quarters === 3) return { x: 1 - down, y: right };
  return { x: right, y: down };
}

/** The box between two points, or null where they are as good as one. */
export function boxBetween(first: PagePoint, second: PagePoint): Box | null {
  const box: Box = [
    rounded(Math.min(first.x, second.x)),
    rounded(Math.min(first.y, second.y)),
    rounded(Math.max(first.x, second.x)),
    rounded(Math.max(first.y, second.y)),
  ];
  return box[2] - box[0] < LEAST || box[3] - box[1] < LEAST ? null : box;
}

/** The fact at a point; of several, that with the smallest box. */
export function factAt({ x, y }: PagePoint, facts: FactResponse[]): FactResponse | null {
  const size = ({ box }: FactResponse) => (box ? (box[2] - box[0]) * (box[3] - box[1]) : 0);
  const isHit = ({ box }: FactResponse) =>
    box !== null && box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3];
  return facts.filter(isHit).toSorted((first, second) => size(first) - size(second))[0] ?? null;
}

/** The box moved, or with `resize` its right lower corner, by fractions of the page. It stays on the page. */
export function nudged(
  [left, top, right, bottom]: Box,
  rightBy: number,
  downBy: number,
  resize: boolean,
): Box {
  if (resize) {
    const toRight = Math.min(1, Math.max(left + LEAST, right + rightBy));
    return [left, top, rounded(toRight), rounded(Math.min(1, Math.max(top + LEAST, bottom + downBy)))];
  }
  const x = Math.min(1 - right, Math.max(-left, rightBy));
  const y = Math.min(1 - bottom, Math.max(-top, downBy));
  return [rounded(left + x), rounded(top + y), rounded(right + x), rounded(bottom + y)];
}

function within(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}

function rounded(fraction: number): number {
  return Math.round(fraction * 10_000) / 10_000;
}
