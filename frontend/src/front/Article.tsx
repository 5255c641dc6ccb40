import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Lead } from "./text.tsx";

interface Props {
  title: string;
  lead: string;
  children: ReactNode;
}

/** The content of a page that is mostly text. */
export function Article({ title, lead, children }: Props) {
  return (
    <Box component="article" sx={{ maxWidth: 720, pt: "clamp(32px, 6vh, 64px)" }}>
      <Typography variant="h1" sx={{ fontSize: "clamp(1.75rem, 1.3rem + 2vw, 2.25rem)" }}>
        {title}
      </Typography>
      <Lead>{lead}</Lead>
      {children}
    </Box>
  );
}
