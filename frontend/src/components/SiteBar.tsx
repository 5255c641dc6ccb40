import AppBar from "@mui/material/AppBar";
import Toolbar from "@mui/material/Toolbar";
import type { ReactNode } from "react";

/** The bar at the top of every page. It has the same color in both schemes. */
export function SiteBar({ children }: { children: ReactNode }) {
  return (
    <AppBar
      className="no-print"
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
        // Twice, to override the ring of a button.
        "&& :focus-visible": { outlineColor: "var(--mui-palette-evidence-main)" },
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
