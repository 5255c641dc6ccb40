import MuiButton, { type ButtonProps } from "@mui/material/Button";
import CircularProgress from "@mui/material/CircularProgress";
import { type MouseEvent, memo, type Ref } from "react";
import { type ButtonStyle, muiColor } from "./buttonStyle";

interface Props
  extends ButtonStyle,
    Pick<
      ButtonProps,
      | "aria-describedby"
      | "aria-expanded"
      | "aria-haspopup"
      | "aria-label"
      | "autoFocus"
      | "children"
      | "disabled"
      | "id"
      | "lang"
      | "onClick"
      | "startIcon"
      | "sx"
    > {
  ref?: Ref<HTMLButtonElement>;
  type?: "button" | "submit";
  /** Work started by the button is in progress: the button keeps its place and focus and ignores clicks. */
  busy?: boolean;
}

/** Material UI's button, which stays enabled and in focus while it is busy. With the same properties it is not drawn again. */
export const Button = memo(function Button(props: Props) {
  const { busy = false, type = "button", color, startIcon, onClick, ...rest } = props;
  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <MuiButton
      {...rest}
      type={type}
      color={muiColor(color)}
      startIcon={busy ? <CircularProgress size="1em" color="inherit" aria-hidden /> : startIcon}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={handleClick}
    />
  );
});
