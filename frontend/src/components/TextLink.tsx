import MuiLink, { type LinkProps } from "@mui/material/Link";
import { Link } from "react-router";

interface Props extends Pick<LinkProps, "className" | "sx"> {
  to: string;
  /** Router state for the page that opens, for example the path to return to after login. */
  state?: unknown;
  children: string;
}

/** A link within the site whose content is text. */
export function TextLink(props: Props) {
  return <MuiLink {...props} component={Link} />;
}
