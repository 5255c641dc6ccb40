import Box, { type BoxProps } from "@mui/material/Box";
import type { Ref } from "react";

interface Props extends Omit<BoxProps, "ref"> {
  ref?: Ref<HTMLElement>;
}

/** A pane of the workspace, whose parts are below each other. */
export function Pane({ sx, ...rest }: Props) {
  return (
    <Box
      component="section"
      {...rest}
      sx={[
        {
          display: "flex",
          flexDirection: "column",
          minWidth: 0,
          minHeight: 0,
          bgcolor: "background.paper",
          border: "1px solid",
          borderColor: "divider",
          borderRadius: 1.4,
          // A selected row ends at the round corners. Nothing scrolls here but what is meant to.
          overflow: "clip",
          scrollMarginTop: "72px",
          "@media print": { display: "block", border: 0, overflow: "visible" },
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    />
  );
}

/** The part of a pane that scrolls. Rows are scrolled into view in it. */
export function PaneScroll(props: BoxProps) {
  return (
    <Box
      {...props}
      data-scrolls
      sx={{
        position: "relative",
        flex: 1,
        minHeight: 0,
        overflow: "auto",
        "&:focus-visible": { outlineOffset: "-3px" },
        "@media print": { overflow: "visible" },
      }}
    />
  );
}
