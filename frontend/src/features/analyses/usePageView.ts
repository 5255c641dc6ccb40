import { type Dispatch, type SetStateAction, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "@/components/shortcuts";

const STEPS = [1, 1.25, 1.5, 2, 3, 4, 6];

/** How a page is shown. */
export interface PageView {
  /** At a zoom of 1 the page is as wide as the pane, or as a whole in it. */
  fit: "width" | "page";
  zoom: number;
  /** Clockwise quarter turns, 0 to 3. */
  quarters: number;
  /** The boxes of all facts of the page are shown. */
  hasBoxes: boolean;
}

export interface PageViewControls extends PageView {
  canZoomIn: boolean;
  canZoomOut: boolean;
  zoomBy: (direction: 1 | -1) => void;
  toggleFit: () => void;
  rotate: () => void;
  toggleBoxes: () => void;
}

/** Zoom, fit, rotation and boxes, with their shortcuts. They stay from page to page. */
export function usePageView(): PageViewControls {
  const { t } = useTranslation("analysis");
  const [view, setView] = useState<PageView>({ fit: "width", zoom: 1, quarters: 0, hasBoxes: false });
  const controls = useMemo(() => controlsOf(setView), []);

  useShortcut("+", t("viewer.zoomIn"), () => controls.zoomBy(1));
  useShortcut("-", t("viewer.zoomOut"), () => controls.zoomBy(-1));
  useShortcut("0", t("viewer.fit"), controls.toggleFit);
  useShortcut("r", t("viewer.rotate"), controls.rotate);
  useShortcut("b", t("viewer.boxes"), controls.toggleBoxes);
  return useMemo(
    () => ({
      ...view,
      ...controls,
      canZoomIn: view.zoom < (STEPS.at(-1) ?? 1),
      canZoomOut: view.zoom > 1,
    }),
    [view, controls],
  );
}

function controlsOf(setView: Dispatch<SetStateAction<PageView>>) {
  const change = (of: (before: PageView) => Partial<PageView>) =>
    setView((before) => ({ ...before, ...of(before) }));
  return {
    zoomBy: (direction: 1 | -1) =>
      change(({ zoom }) => ({ zoom: STEPS[STEPS.indexOf(zoom) + direction] ?? zoom })),
    // After zooming, the first step back is the fit that was chosen.
    toggleFit: () =>
      change(({ zoom, fit }) => ({ zoom: 1, fit: zoom > 1 ? fit : fit === "width" ? "page" : "width" })),
    rotate: () => change(({ quarters }) => ({ quarters: (quarters + 1) % 4 })),
    toggleBoxes: () => change(({ hasBoxes }) => ({ hasBoxes: !hasBoxes })),
  };
}
