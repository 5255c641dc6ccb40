import Stack, { type StackProps } from "@mui/material/Stack";

interface Props extends StackProps {
  /** The first item is at one end, the last at the other. */
  between?: boolean;
  /** Items are aligned at their tops instead of their middles. */
  top?: boolean;
}

/** Items beside each other, which wrap where there is no room. */
export function Inline({ between = false, top = false, spacing = 1.5, sx, ...rest }: Props) {
  return (
    <Stack
      {...rest}
      direction="row"
      spacing={spacing}
      sx={[
        {
          flexWrap: "wrap",
          alignItems: top ? "flex-start" : "center",
          justifyContent: between ? "space-between" : "flex-start",
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    />
  );
}
