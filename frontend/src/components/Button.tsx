import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from "react";
import { type ButtonStyle, buttonClasses } from "./buttonClasses";

interface Props extends ButtonStyle, Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type" | "color"> {
  type?: "button" | "submit";
  icon?: ReactNode;
  /** Work started by the button is in progress: the button keeps its place and focus and ignores clicks. */
  busy?: boolean;
}

/**
 * A button styled by `theme/site.css`. MUI's button computes its style while the page starts; with the dozen buttons of
 * a first view that took a third of the time until the page could be used.
 */
export function Button({
  variant,
  color,
  size,
  icon,
  busy = false,
  className,
  onClick,
  children,
  ...rest
}: Props) {
  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      type="button"
      {...rest}
      className={buttonClasses({ variant, color, size }, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={handleClick}
    >
      {icon}
      {children}
    </button>
  );
}
