import { type CSSProperties, type PointerEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PageImageResponse } from "@/lib/api/client.generated";
import type { PageViewControls } from "../usePageView";

interface Props {
  /** Identifies the page. Another one begins at its top. */
  name: string;
  image: PageImageResponse;
  view: PageViewControls;
  /** The pointer does something else than to move the page. */
  isStill: boolean;
  children: ReactNode;
}

/**
 * A page in its window, which it is moved in by dragging it, by scroll bars and by arrow keys. A finger scrolls it as
 * browsers do. Its size follows from the window by CSS alone.
 */
export function PageStage({ name, image, view, isStill, children }: Props) {
  const { t } = useTranslation("analysis");
  const frame = useRef<HTMLElement>(null);
  const dragStart = useRef<{ x: number; y: number } | null>(null);
  const center = useRef({ x: 0.5, y: 0 });
  const isSideways = view.quarters % 2 === 1;
  const ratio = isSideways ? image.height / image.width : image.width / image.height;

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another page is shown
  useLayoutEffect(() => {
    center.current = { x: 0.5, y: 0 };
    if (frame.current) frame.current.scrollTop = 0;
  }, [name]);

  // The middle of what is seen stays where it is when the page grows or shrinks.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the size of the page has changed
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    element.scrollLeft = center.current.x * element.scrollWidth - element.clientWidth / 2;
    element.scrollTop = center.current.y * element.scrollHeight - element.clientHeight / 2;
  }, [view.zoom, view.fit, view.quarters]);

  function handleScroll() {
    const element = frame.current;
    if (!element?.scrollWidth) return;
    center.current = {
      x: (element.scrollLeft + element.clientWidth / 2) / element.scrollWidth,
      y: (element.scrollTop + element.clientHeight / 2) / element.scrollHeight,
    };
  }

  function handleDown(event: PointerEvent<HTMLElement>) {
    if (event.pointerType !== "mouse" || event.button !== 0 || isStill) return;
    // A click on a box is none on the page, text is selected, and the image is not taken along.
    if ((event.target as Element).closest(".boxes rect, .page-text span")) return;
    event.preventDefault();
    event.currentTarget.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    dragStart.current = { x: event.clientX, y: event.clientY };
  }

  function handleMove(event: PointerEvent<HTMLElement>) {
    if (!dragStart.current) return;
    event.currentTarget.scrollLeft -= event.clientX - dragStart.current.x;
    event.currentTarget.scrollTop -= event.clientY - dragStart.current.y;
    dragStart.current = { x: event.clientX, y: event.clientY };
  }

  function release() {
    dragStart.current = null;
  }

  return (
    <section
      ref={frame}
      className="page-frame"
      aria-label={t("viewer.frame")}
      // A region that scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onScroll={handleScroll}
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <div
        className="page-stage"
        data-fit={view.fit}
        data-sideways={isSideways || undefined}
        style={{ "--ratio": ratio, "--zoom": view.zoom, "--quarters": view.quarters } as CSSProperties}
      >
        {children}
      </div>
    </section>
  );
}
