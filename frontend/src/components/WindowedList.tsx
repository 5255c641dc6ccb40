import Box from "@mui/material/Box";
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useState } from "react";
import type { LongListProps } from "./LongList";
import { PlainList } from "./PlainList";
import { useRowFocus } from "./useRowFocus";

/** Until a row was measured. */
const ROW_HEIGHT = 76;
/** Rows that are drawn above and below the screen, so that the Tab key reaches them. */
const OVERSCAN = 8;

/** A list that scrolls with the page and draws the rows near the screen, and the row that has the focus. */
export function WindowedList<Item extends { key: string }>({
  items,
  children,
  onShown,
}: LongListProps<Item>) {
  const { focusedAt, list, row } = useRowFocus(items);
  const [top, setTop] = useState(0);

  // What stands above the list comes and goes.
  useLayoutEffect(() => {
    const box = list.ref.current?.getBoundingClientRect();
    if (box) setTop(Math.round(box.top + window.scrollY));
  });

  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (focusedAt < 0 || shown.includes(focusedAt)) return shown;
      return [...shown, focusedAt].sort((first, second) => first - second);
    },
    [focusedAt],
  );
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (at) => items[at]?.key ?? at,
    overscan: OVERSCAN,
    rangeExtractor,
    scrollMargin: top,
  });
  const rows = virtualizer.getVirtualItems();

  const end = (virtualizer.range?.endIndex ?? 0) + 1 + OVERSCAN;
  useEffect(() => onShown(end), [end, onShown]);

  return (
    <PlainList {...list} style={{ height: virtualizer.getTotalSize() }} sx={{ position: "relative" }}>
      {rows.map(({ index, key, start }) => {
        const item = items[index];
        if (!item) return null;
        return (
          <Box
            component="li"
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            {...row(item, index)}
            style={{ transform: `translateY(${start - top}px)` }}
            sx={{ position: "absolute", top: 0, left: 0, width: "100%" }}
          >
            {children(item)}
          </Box>
        );
      })}
    </PlainList>
  );
}
