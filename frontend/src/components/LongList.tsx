import Box from "@mui/material/Box";
import { type ReactNode, useEffect } from "react";
import { usePrinting } from "@/lib/usePrinting";
import { PlainList } from "./PlainList";
import { useRowFocus } from "./useRowFocus";
import { WindowedList } from "./WindowedList";

/** A list of this length is drawn whole, so that the browser finds every row of it. */
const MOST_WHOLE = 60;

export interface LongListProps<Item> {
  items: readonly Item[];
  /** The content of a row. */
  children: (item: Item) => ReactNode;
  /** Up to which row the list is on the screen. */
  onShown: (end: number) => void;
}

/** A list of hundreds of rows, of which only those near the screen are drawn. On paper all are. */
export function LongList<Item extends { key: string }>(props: LongListProps<Item>) {
  const isPrinting = usePrinting();
  const isWhole = isPrinting || props.items.length <= MOST_WHOLE;
  return isWhole ? <WholeList {...props} /> : <WindowedList {...props} />;
}

function WholeList<Item extends { key: string }>({ items, children, onShown }: LongListProps<Item>) {
  const focus = useRowFocus(items);
  useEffect(() => onShown(items.length), [items.length, onShown]);
  return (
    <PlainList {...focus.list}>
      {items.map((item, at) => (
        <Box component="li" key={item.key} {...focus.row(item, at)}>
          {children(item)}
        </Box>
      ))}
    </PlainList>
  );
}
