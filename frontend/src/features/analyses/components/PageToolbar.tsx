import { memo } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/IconButton";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { useShortcut } from "@/components/shortcuts";
import type { PageViewControls } from "../usePageView";

interface Props {
  page: number;
  pageCount: number;
  view: PageViewControls;
  onPage: (page: number) => void;
}

/** The page before and after, zoom, fit, rotation and boxes, above the page. */
export const PageToolbar = memo(function PageToolbar({ page, pageCount, view, onPage }: Props) {
  const { t } = useTranslation("analysis");
  const isFirst = page <= 1;
  const isLast = page >= pageCount;
  useShortcut(",", t("viewer.previous"), () => onPage(page - 1), !isFirst);
  useShortcut(".", t("viewer.next"), () => onPage(page + 1), !isLast);
  return (
    <Inline
      between
      spacing={0.25}
      role="toolbar"
      aria-label={t("viewer.tools")}
      sx={{ px: 1, py: 0.5, borderBottom: "1px solid", borderColor: "divider" }}
    >
      <Inline spacing={0.25}>
        <IconButton
          icon="previous"
          label={t("viewer.previous")}
          disabled={isFirst}
          onClick={() => onPage(page - 1)}
        />
        <Muted small component="span">
          {t("viewer.page", { page, count: pageCount || page })}
        </Muted>
        <IconButton icon="next" label={t("viewer.next")} disabled={isLast} onClick={() => onPage(page + 1)} />
      </Inline>
      <Inline spacing={0.25}>
        <IconButton
          icon="zoomOut"
          label={t("viewer.zoomOut")}
          disabled={!view.canZoomOut}
          onClick={() => view.zoomBy(-1)}
        />
        <IconButton
          icon="zoomIn"
          label={t("viewer.zoomIn")}
          disabled={!view.canZoomIn}
          onClick={() => view.zoomBy(1)}
        />
        <IconButton icon="fit" label={t("viewer.fit")} onClick={view.toggleFit} />
        <IconButton icon="rotate" label={t("viewer.rotate")} onClick={view.rotate} />
        <IconButton
          icon="boxes"
          label={t("viewer.boxes")}
          aria-pressed={view.hasBoxes}
          onClick={view.toggleBoxes}
        />
      </Inline>
    </Inline>
  );
});
