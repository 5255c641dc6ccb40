import Card, { type CardProps } from "@mui/material/Card";
import Stack from "@mui/material/Stack";
import type { ElementType } from "react";
import { Inline } from "./Inline.tsx";

export interface PanelProps extends CardProps {
  component?: ElementType;
  /** Its items are beside each other, the last one at the end. */
  row?: boolean;
}

/** A card with its items below each other. */
export function Panel({ component = "section", row = false, children, sx, ...rest }: PanelProps) {
  return (
    <Card
      {...rest}
      component={component}
      sx={[
        { padding: { xs: 2, sm: 2.75 }, "@media print": { padding: 0 } },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    >
      {row ? <Inline between>{children}</Inline> : <Stack spacing={2}>{children}</Stack>}
    </Card>
  );
}
