import { type RefObject, useEffect } from "react";
import type { Box } from "@/lib/api/client.generated";
import { scrollBehavior } from "@/lib/scrollBehavior";

/** Scrolls the page to the place that was chosen in a layer of it: keys lead to what is not on the screen. */
export function useShownPlace(layer: RefObject<HTMLElement | null>, place: Box | null): void {
  useEffect(() => {
    if (!place) return;
    const mark = layer.current?.parentElement?.querySelector(".placed rect");
    mark?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: scrollBehavior() });
  }, [layer, place]);
}
