import { Link } from "react-router";

interface Props {
  to: string;
  /** Router state for the page that opens, for example the path to return to after login. */
  state?: unknown;
  className?: string;
  children: string;
}

/** A link within the site whose content is text. */
export function TextLink(props: Props) {
  return <Link {...props} />;
}
