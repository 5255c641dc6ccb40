import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Grow } from "./Grow";
import { Inline } from "./Inline";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  title: string;
  /** What can be done with it, beside the rest. On a telephone it is below. */
  actions: ReactNode;
  /** Why the last action failed. */
  problem?: unknown;
  /** What is known of it. */
  children: ReactNode;
}

/** An item of a list, with a title, what is known of it, and its actions. */
export function TitledRow({ title, actions, problem, children }: Props) {
  return (
    <Stack spacing={0.75} component="li">
      <Inline between top>
        <Grow>
          <Typography variant="h3" className="wrap">
            {title}
          </Typography>
          {children}
        </Grow>
        <Inline spacing={1}>{actions}</Inline>
      </Inline>
      <ProblemAlert problem={problem} />
    </Stack>
  );
}
