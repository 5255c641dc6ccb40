import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Title } from "@/components/Title";

interface Props {
  title: string;
  intro?: string;
  children: ReactNode;
  after?: ReactNode;
}

export function AuthPage({ title, intro, children, after }: Props) {
  return (
    <div className="gate stack">
      <Title of={title} />
      <Paper className="card stack">
        <Typography variant="h1">{title}</Typography>
        {intro && <p className="soft">{intro}</p>}
        {children}
      </Paper>
      {after && <p className="center">{after}</p>}
    </div>
  );
}
