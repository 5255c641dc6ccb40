import MuiButton, { type ButtonProps } from "@mui/material/Button";
import { Link } from "react-router";
import { type ButtonStyle, muiColor } from "./buttonStyle";

interface Props extends ButtonStyle, Pick<ButtonProps, "aria-current" | "children" | "sx"> {
  to: string;
}

/** A link that looks like a button. */
export function ButtonLink({ color, ...rest }: Props) {
  return <MuiButton {...rest} component={Link} color={muiColor(color)} />;
}
