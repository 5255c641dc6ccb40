import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";

interface Look {
  /** Filled is for the one thing a page is about; an outline for what else matters; quiet for the rest. */
  look?: "filled" | "outlined" | "quiet";
  tone?: "accent" | "ink" | "bad";
  size?: "small" | "medium" | "large";
  icon?: ReactNode;
}

interface Props extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> {
  type?: "button" | "submit";
  /** Its work is going on: it keeps its place and the keyboard, and does nothing. */
  busy?: boolean;
}

/**
 * A button whose style is in `theme/`. (MUI's works out its style while the page starts: with the dozen that a first
 * view has, that is a third of all the work until the page can be used.)
 */
export function Button({
  look,
  tone,
  size,
  icon,
  busy = false,
  className,
  onClick,
  children,
  ...rest
}: Props) {
  function clicked(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      type="button"
      {...rest}
      className={classes({ look, tone, size }, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={clicked}
    >
      {icon}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ look, tone, size, icon, className, children, ...rest }: Look & LinkProps) {
  return (
    <Link {...rest} className={classes({ look, tone, size }, className)}>
      {icon}
      {children}
    </Link>
  );
}

function classes({ look = "quiet", tone = "accent", size = "medium" }: Look, more = ""): string {
  return `button ${look} on-${tone} ${size} ${more}`.trimEnd();
}
