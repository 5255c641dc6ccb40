import { Link, type LinkProps } from "react-router";
import { type ButtonStyle, buttonClasses } from "./buttonClasses";

/** A link that looks like a button. */
export function ButtonLink({
  variant,
  color,
  size,
  className,
  ...rest
}: ButtonStyle & Omit<LinkProps, "color">) {
  return <Link {...rest} className={buttonClasses({ variant, color, size }, className)} />;
}
