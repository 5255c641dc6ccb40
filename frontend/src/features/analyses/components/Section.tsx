import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import { Panel } from "@/components/Panel";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Panel aria-labelledby={id}>
      <Typography variant="h2" className="wrap" id={id}>
        {title}
      </Typography>
      {children}
    </Panel>
  );
}
