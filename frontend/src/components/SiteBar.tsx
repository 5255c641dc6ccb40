import AppBar from "@mui/material/AppBar";
import Toolbar from "@mui/material/Toolbar";
import type { ReactNode } from "react";

interface Props {
  className?: string;
  children: ReactNode;
}

/** The bar at the top of every page. It has the same color in both schemes. */
export function SiteBar({ className, children }: Props) {
  return (
    <AppBar
      className={className}
      position="sticky"
      color="transparent"
      enableColorOnDark
      // Without elevation Material UI writes no style attribute, which static pages cannot have.
      variant="outlined"
      sx={{
        bgcolor: "ink.main",
        color: "ink.contrastText",
        border: 0,
        // Forced colors show it.
        borderBottom: "1px solid transparent",
        "& :focus-visible": { outlineColor: "var(--mui-palette-evidence-main)" },
      }}
    >
      <Toolbar
        disableGutters
        sx={{
          minHeight: "60px !important",
          px: { xs: 1.75, sm: "max(20px, calc((100vw - 1080px) / 2))" },
          gap: 1,
        }}
      >
        {children}
      </Toolbar>
    </AppBar>
  );
}
