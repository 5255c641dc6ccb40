import Typography, { type TypographyProps } from "@mui/material/Typography";
import type { ElementType } from "react";

interface Props extends TypographyProps {
  component?: ElementType;
  small?: boolean;
  dateTime?: string;
}

/** Text of less weight than that around it. */
export function Muted({ small = false, ...rest }: Props) {
  return <Typography variant={small ? "body2" : "body1"} color="textSecondary" {...rest} />;
}
