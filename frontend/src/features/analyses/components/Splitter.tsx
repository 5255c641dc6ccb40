import Box from "@mui/material/Box";
import { type KeyboardEvent, memo, type PointerEvent } from "react";

interface Props {
  label: string;
  /** The width of the pane before it, in pixels. */
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

const STEP = 24;

/** The line between two panes, which is moved by the pointer or by arrow keys, Home and End. */
export const Splitter = memo(function Splitter({ label, value, min, max, onChange }: Props) {
  const within = (next: number) => Math.min(max, Math.max(min, next));

  function handleKey(event: KeyboardEvent) {
    const widths: Record<string, number> = {
      ArrowLeft: value - STEP,
      ArrowRight: value + STEP,
      Home: min,
      End: max,
    };
    const next = widths[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onChange(within(next));
  }

  function handleDrag(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const before = event.currentTarget.previousElementSibling;
    if (before) onChange(within(Math.round(event.clientX - before.getBoundingClientRect().left)));
  }

  return (
    <Box
      role="separator"
      tabIndex={0}
      className="no-print"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onKeyDown={handleKey}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={handleDrag}
      sx={{
        display: { xs: "none", md: "block" },
        cursor: "col-resize",
        touchAction: "none",
        borderRadius: 1,
        "&::after": {
          content: '""',
          display: "block",
          width: "4px",
          height: 48,
          mx: "auto",
          mt: "30vh",
          borderRadius: 2,
          border: "2px solid",
          borderColor: "divider",
        },
        "&:hover::after, &:focus-visible::after": { borderColor: "primary.main" },
      }}
    />
  );
});
