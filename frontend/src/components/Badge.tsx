import Chip from "@mui/material/Chip";

export type BadgeColor = "success" | "error" | "info" | "warning" | "neutral";

/** A status in one or two words. The text carries the meaning; the color only repeats it. */
export function Badge({ color, children }: { color: BadgeColor; children: string }) {
  return (
    <Chip
      component="span"
      size="small"
      variant="outlined"
      label={children}
      color={color === "neutral" ? "default" : color}
      icon={<span />}
      sx={{
        ...(color === "neutral" && { color: "text.secondary", borderColor: "currentColor" }),
        "& .MuiChip-icon": {
          width: 7,
          height: 7,
          borderRadius: 99,
          marginLeft: "9px",
          marginRight: "-1px",
          backgroundColor: "currentColor",
          forcedColorAdjust: "none",
        },
      }}
    />
  );
}
