import Box from "@mui/material/Box";
import type { ReactNode } from "react";

interface Props {
  /** The width of the first column relative to the second. */
  first?: number;
  role?: "status";
  "aria-label"?: string;
  children: ReactNode;
}

/** Two columns. On a small screen and on paper the second is below the first. */
export function Columns({ first = 1, children, ...rest }: Props) {
  return (
    <Box
      {...rest}
      sx={{
        display: "grid",
        gridTemplateColumns: { xs: "minmax(0, 1fr)", md: `minmax(0, ${first}fr) minmax(0, 1fr)` },
        gap: 3,
        alignItems: "start",
        "@media print": { display: "block" },
      }}
    >
      {children}
    </Box>
  );
}
