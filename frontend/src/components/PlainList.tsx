import Stack, { type StackProps } from "@mui/material/Stack";
import type { ElementType, Ref } from "react";

interface Props extends Omit<StackProps, "ref"> {
  component?: ElementType;
  ref?: Ref<HTMLUListElement>;
}

/** A list without bullets. */
export function PlainList({ component = "ul", sx, ...rest }: Props) {
  return (
    <Stack
      {...rest}
      component={component}
      sx={[{ listStyle: "none", m: 0, p: 0 }, ...(Array.isArray(sx) ? sx : [sx])]}
    />
  );
}
