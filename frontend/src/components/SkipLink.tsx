import Link from "@mui/material/Link";

/** Leads past the bar to the page (`id="page"`). It is seen while it has the focus. */
export function SkipLink({ children }: { children: string }) {
  return (
    <Link
      href="#page"
      sx={{
        position: "absolute",
        left: 12,
        top: -60,
        zIndex: "tooltip",
        px: 2,
        py: 1.25,
        borderRadius: 1,
        bgcolor: "background.paper",
        "&:focus": { top: 12 },
      }}
    >
      {children}
    </Link>
  );
}
