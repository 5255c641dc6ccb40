import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";

interface Props {
  role?: "alert";
  /** Its items take the whole width. */
  wide?: boolean;
  children: ReactNode;
}

/** The content of a page that says one thing. `role`: `alert` when it replaces a page that failed. */
export function NoticePage({ role, wide = false, children }: Props) {
  return (
    <Stack
      role={role}
      spacing={2}
      sx={{
        maxWidth: 520,
        mx: "auto",
        pt: "clamp(8px, 10vh, 96px)",
        alignItems: wide ? "stretch" : "flex-start",
      }}
    >
      {children}
    </Stack>
  );
}
