import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Paper component="section" className="card stack" aria-labelledby={id}>
      <Typography variant="h2" id={id} className="clip">
        {title}
      </Typography>
      {children}
    </Paper>
  );
}
