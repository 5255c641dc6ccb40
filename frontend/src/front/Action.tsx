import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";

interface Props {
  href: string;
  isMain?: boolean;
  className?: string;
  children: ReactNode;
}

/** A link to what a page is for. */
export function Action({ isMain = false, ...rest }: Props) {
  return (
    <Button
      size="large"
      variant={isMain ? "contained" : "outlined"}
      color={isMain ? "primary" : "inherit"}
      {...rest}
    />
  );
}

/** Links beside each other, as far as there is room. */
export function Actions({ children }: { children: ReactNode }) {
  return (
    <Stack direction="row" sx={{ flexWrap: "wrap", gap: 1.5, mb: 1.5 }}>
      {children}
    </Stack>
  );
}
