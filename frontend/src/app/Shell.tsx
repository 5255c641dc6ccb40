import DarkIcon from "@mui/icons-material/DarkModeOutlined";
import KeyboardIcon from "@mui/icons-material/KeyboardOutlined";
import LightIcon from "@mui/icons-material/LightModeOutlined";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import { useColorScheme } from "@mui/material/styles";
import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { Link, useNavigate } from "react-router";
import { listenForShortcuts, useShortcut } from "@/components/shortcuts";
import { selectAuth } from "@/features/auth/slice";
import { LANGUAGES, type Language, speak } from "@/lib/i18n";

const ShortcutHelp = lazy(() => import("./ShortcutHelp"));

export function Shell({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { status } = useSelector(selectAuth);
  const { mode, systemMode, setMode } = useColorScheme();
  const [help, setHelp] = useState(false);
  const go = useNavigate();
  const member = status === "in";
  const dark = (mode === "system" ? systemMode : mode) === "dark";
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
              <Button component={Link} to="/orders" size="small" color="inherit">
                {t("orders")}
              </Button>
              <Button component={Link} to="/account" size="small" color="inherit">
                {t("account")}
              </Button>
            </>
          )}
          <Button size="small" color="inherit" lang={other} onClick={() => void speak(other)}>
            {other.toUpperCase()}
            <span className="visually-hidden"> {LANGUAGES[other]}</span>
          </Button>
          <IconButton
            color="inherit"
            aria-label={t(dark ? "scheme.light" : "scheme.dark")}
            onClick={() => setMode(dark ? "light" : "dark")}
          >
            {dark ? <LightIcon /> : <DarkIcon />}
          </IconButton>
          {member && (
            <IconButton
              className="wide-only"
              color="inherit"
              aria-label={t("keys.help")}
              onClick={() => setHelp(true)}
            >
              <KeyboardIcon />
            </IconButton>
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
  const online = useSyncExternalStore(
    (listener) => {
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine,
  );
  return online ? null : (
    <Alert severity="warning" className="offline">
      {t("offline.banner")}
    </Alert>
  );
}
