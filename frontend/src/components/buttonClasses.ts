/** The style options of `Button` and `ButtonLink`, named as in MUI. */
export interface ButtonStyle {
  /** `contained` for the main action of a page, `outlined` for secondary actions, `text` for the rest. */
  variant?: "contained" | "outlined" | "text";
  color?: "primary" | "neutral" | "error";
  size?: "small" | "medium" | "large";
}

export function buttonClasses(
  { variant = "text", color = "primary", size = "medium" }: ButtonStyle,
  className = "",
): string {
  return `button ${variant} ${color} ${size} ${className}`.trimEnd();
}
