import Box, { type BoxProps } from "@mui/material/Box";

/** The item of a row that takes the room that is left. On a telephone it has a line of its own. */
export function Grow({ children }: Pick<BoxProps, "children">) {
  return <Box sx={{ flex: { xs: "1 1 100%", sm: 1 }, minWidth: 0 }}>{children}</Box>;
}
