import MuiIconButton, { type IconButtonProps } from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import { memo } from "react";
import { Icon, type IconName } from "./Icon";

interface Props extends Pick<IconButtonProps, "aria-pressed" | "onClick" | "sx"> {
  icon: IconName;
  /** Its name, which the tooltip shows. */
  label: string;
  /** It keeps its place and its focus and ignores clicks. */
  disabled?: boolean;
}

/** A button that is an icon. */
export const IconButton = memo(function IconButton(props: Props) {
  const { icon, label, disabled = false, onClick, sx, ...rest } = props;
  const state = {
    "&[aria-disabled=true]": { opacity: 0.45, cursor: "default" },
    "&[aria-pressed=true]": { backgroundColor: "evidence.light" },
    "@media (forced-colors: active)": { "&[aria-pressed=true]": { outline: "2px solid Highlight" } },
  };
  return (
    // Within the landmark of the page, as all its content.
    <Tooltip title={label} slotProps={{ popper: { container: pageLandmark } }}>
      <MuiIconButton
        {...rest}
        color="inherit"
        aria-label={label}
        aria-disabled={disabled || undefined}
        onClick={disabled ? undefined : onClick}
        sx={[state, ...(Array.isArray(sx) ? sx : [sx])]}
      >
        <Icon name={icon} />
      </MuiIconButton>
    </Tooltip>
  );
});

function pageLandmark(): HTMLElement | null {
  return document.querySelector("main");
}
