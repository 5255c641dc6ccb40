import { type PointerEvent, useState } from "react";
import { type PagePoint, pagePoint } from "./pagePoint";

export interface Drag {
  from: PagePoint;
  to: PagePoint;
}

/** A pointer that is pressed on a page, moved and released. `onEnd` gets both points, which are one for a click. */
export function useDrag(quarters: number, onEnd: (drag: Drag) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const pointOf = (event: PointerEvent<HTMLElement>) =>
    pagePoint(event, event.currentTarget.getBoundingClientRect(), quarters);

  return {
    drag,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = pointOf(event);
        setDrag({ from, to: from });
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (drag) setDrag({ from: drag.from, to: pointOf(event) });
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (!drag) return;
        setDrag(null);
        onEnd({ from: drag.from, to: pointOf(event) });
      },
      onPointerCancel: () => setDrag(null),
    },
  };
}
