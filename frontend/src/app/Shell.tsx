import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { Link, useLocation, useNavigate } from "react-router";
import { Button, ButtonLink } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { listenForShortcuts, useShortcut } from "@/components/shortcuts";
import { selectAuth } from "@/features/auth/slice";
import { LANGUAGES, type Language, speak } from "@/lib/i18n";
import { useOnline } from "@/lib/online";
import { chooseScheme, useScheme } from "@/theme/scheme";

const ShortcutHelp = lazy(() => import("./ShortcutHelp"));

export function Shell({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { status } = useSelector(selectAuth);
  const { dark } = useScheme();
  const [help, setHelp] = useState(false);
  const go = useNavigate();
  const { pathname } = useLocation();
  const here = (path: string) => (pathname === path ? "page" : undefined);
  const member = status === "in";
  const other: Language = i18n.language === "de" ? "en" : "de";

  useEffect(listenForShortcuts, []);
  useShortcut("?", t("keys.help"), () => setHelp(true));
  useShortcut("g o", t("keys.orders"), () => go("/orders"), member);
  useShortcut("g a", t("keys.account"), () => go("/account"), member);

  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t("skip")}
      </a>
      <header className="bar">
        <Link className="brand" to="/orders">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span className="brand-name">Docket</span>
        </Link>
        <nav aria-label={t("menu")}>
          {member && (
            <>
              <ButtonLink to="/orders" size="small" tone="ink" aria-current={here("/orders")}>
                {t("orders")}
              </ButtonLink>
              <ButtonLink to="/account" size="small" tone="ink" aria-current={here("/account")}>
                {t("account")}
              </ButtonLink>
            </>
          )}
          <Button size="small" tone="ink" lang={other} onClick={() => void speak(other)}>
            {other.toUpperCase()}
            <span className="visually-hidden"> {LANGUAGES[other]}</span>
          </Button>
          <Button
            className="bare"
            tone="ink"
            aria-label={t(dark ? "scheme.light" : "scheme.dark")}
            icon={<Icon name={dark ? "light" : "dark"} />}
            onClick={() => chooseScheme(dark ? "light" : "dark")}
          />
          {member && (
            <Button
              className="bare wide-only"
              tone="ink"
              aria-label={t("keys.help")}
              icon={<Icon name="keyboard" />}
              onClick={() => setHelp(true)}
            />
          )}
        </nav>
      </header>
      <main id="page" className="page" tabIndex={-1}>
        <OfflineBanner />
        {children}
      </main>
      {help && (
        <Suspense>
          <ShortcutHelp onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </div>
  );
}

function OfflineBanner() {
  const { t } = useTranslation();
  const online = useOnline();
  return online ? null : (
    <div className="offline">
      <Notice tone="warning">{t("offline.banner")}</Notice>
    </div>
  );
}
