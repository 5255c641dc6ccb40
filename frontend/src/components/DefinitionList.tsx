import Box from "@mui/material/Box";
import { Fragment, type ReactNode } from "react";

interface Props {
  items: { id: string; term: ReactNode; content: ReactNode }[];
}

/** Terms in one column, what they mean in the other. */
export function DefinitionList({ items }: Props) {
  return (
    <Box
      component="dl"
      sx={{ display: "grid", gridTemplateColumns: "auto 1fr", gap: "10px 18px", m: 0, "& dd": { m: 0 } }}
    >
      {items.map(({ id, term, content }) => (
        <Fragment key={id}>
          <Box component="dt" sx={{ color: "text.secondary" }}>
            {term}
          </Box>
          <Box component="dd" sx={{ overflowWrap: "anywhere" }}>
            {content}
          </Box>
        </Fragment>
      ))}
    </Box>
  );
}
