import type { ButtonProps } from "@mui/material/Button";

/** The style options of `Button` and `ButtonLink`, named as in Material UI. */
export interface ButtonStyle {
  /** `contained` for the main action of a page, `outlined` for secondary actions, `text` for the rest. */
  variant?: "contained" | "outlined" | "text";
  /** `neutral` has the color of the text around it. */
  color?: "primary" | "neutral" | "error";
  size?: "small" | "medium" | "large";
}

export function muiColor(color: ButtonStyle["color"] = "primary"): ButtonProps["color"] {
  return color === "neutral" ? "inherit" : color;
}
