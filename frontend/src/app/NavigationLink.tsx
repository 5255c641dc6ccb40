import { useLocation } from "react-router";
import { ButtonLink } from "@/components/ButtonLink";

/** A link of the navigation bar, underlined on its own page. */
export function NavigationLink({ to, children }: { to: string; children: string }) {
  const { pathname } = useLocation();
  return (
    <ButtonLink
      to={to}
      size="small"
      color="neutral"
      aria-current={pathname === to ? "page" : undefined}
      sx={{
        px: { xs: 1.125, sm: 1.5 },
        minWidth: 0,
        "&[aria-current]": {
          textDecoration: "underline 3px var(--mui-palette-evidence-main)",
          textUnderlineOffset: "7px",
        },
      }}
    >
      {children}
    </ButtonLink>
  );
}
