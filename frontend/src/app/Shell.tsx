import { lazy, type ReactNode, Suspense, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { useNavigate } from "react-router";
import { listenForShortcuts, useShortcut } from "@/components/shortcuts";
import { selectAuth } from "@/features/auth/slice";
import { routes } from "@/lib/routes";
import { NavigationBar } from "./NavigationBar";
import { OfflineBanner } from "./OfflineBanner";

const ShortcutHelp = lazy(() => import("./ShortcutHelp"));

/** The frame around every page: skip link, navigation bar, offline banner, and the shortcuts that work everywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const isMember = useSelector(selectAuth).status === "in";
  const [helpOpen, setHelpOpen] = useState(false);
  const navigate = useNavigate();

  // Before the first paint: a page that can be seen answers to its keys.
  useLayoutEffect(listenForShortcuts, []);
  useShortcut("?", t("keys.help"), () => setHelpOpen(true));
  useShortcut("g o", t("keys.orders"), () => navigate(routes.orders), isMember);
  useShortcut("g a", t("keys.account"), () => navigate(routes.account), isMember);

  return (
    <div className="shell">
      <a className="skip-link" href="#page">
        {t("skip")}
      </a>
      <NavigationBar isMember={isMember} onHelp={() => setHelpOpen(true)} />
      <main id="page" className="page" tabIndex={-1}>
        <OfflineBanner />
        {children}
      </main>
      {helpOpen && (
        <Suspense>
          <ShortcutHelp onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
