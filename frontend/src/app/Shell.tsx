import Box from "@mui/material/Box";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { SkipLink } from "@/components/SkipLink";
import { useShortcut } from "@/components/shortcuts";
import { selectAuth } from "@/features/auth/slice";
import { useAppSelector } from "@/lib/appState";
import { routes } from "@/lib/routes";
import { NavigationBar } from "./NavigationBar";
import { OfflineBanner } from "./OfflineBanner";
import { SiteFooter } from "./SiteFooter";

const ShortcutHelp = lazy(() => import("./ShortcutHelp"));

/** The frame around every page: skip link, navigation bar, offline banner, and the shortcuts that work everywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const isMember = useAppSelector(selectAuth).status === "in";
  const [helpOpen, setHelpOpen] = useState(false);
  useShortcut("?", t("keys.help"), () => setHelpOpen(true));

  return (
    <div className="shell">
      <SkipLink>{t("skip")}</SkipLink>
      <NavigationBar isMember={isMember} onHelp={() => setHelpOpen(true)} />
      <Box
        component="main"
        id="page"
        className="page"
        tabIndex={-1}
        sx={{ "&:focus": { outline: "none" }, "@media print": { maxWidth: "none", p: 0 } }}
      >
        <OfflineBanner />
        {children}
      </Box>
      <SiteFooter />
      {isMember && <NavigationShortcuts />}
      {helpOpen && (
        <Suspense>
          <ShortcutHelp onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** By itself, because it is drawn again with each address. */
function NavigationShortcuts() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useShortcut("g o", t("keys.orders"), () => navigate(routes.orders));
  useShortcut("g a", t("keys.account"), () => navigate(routes.account));
  return null;
}
