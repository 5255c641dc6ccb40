import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Panel } from "@/components/Panel";
import { Title } from "@/components/Title";

interface Props {
  title: string;
  /** Shown under the card: the way to another page. */
  footer: ReactNode;
  children: ReactNode;
}

/** A page with one card, beside a picture of evidence. `app.html` paints the same before any code runs. */
export function AuthPage({ title, footer, children }: Props) {
  return (
    <div className="auth-page">
      <Title of={title} />
      <img className="evidence" src="/evidence.svg" alt="" width="440" height="440" />
      <Stack spacing={2}>
        <Panel component="div">
          <Typography variant="h1">{title}</Typography>
          {children}
        </Panel>
        <Typography sx={{ textAlign: "center" }}>{footer}</Typography>
      </Stack>
    </div>
  );
}
