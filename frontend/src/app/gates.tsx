import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { Navigate, Outlet, useLocation } from "react-router";
import { Button } from "@/components/Button";
import { selectAuth } from "@/features/auth/slice";
import { session } from "@/lib/session";
import { PageSkeleton } from "./PageSkeleton";

/** Lets members through; sends others to sign in and remembers where they wanted to go. */
export function Member() {
  const { status } = useSelector(selectAuth);
  const here = useLocation();
  if (status === "unknown") return <Resuming />;
  if (status === "out") {
    return <Navigate to="/login" replace state={{ from: here.pathname + here.search + here.hash }} />;
  }
  return <Outlet />;
}

/** The way in; who is in already goes on to where they wanted to be. */
export function Guest() {
  const { status } = useSelector(selectAuth);
  const { state } = useLocation();
  if (status === "unknown") return <Resuming />;
  return status === "in" ? <Navigate to={placeIn(state)} replace /> : <Outlet />;
}

const AFTER_SIGN_IN = "/orders";

/** The place kept for after signing in. Only a path of this site: never an address from outside. */
export function placeIn(state: unknown): string {
  const from = typeof state === "object" && state !== null && "from" in state ? state.from : null;
  if (typeof from !== "string" || !from.startsWith("/") || !URL.canParse(from, window.location.origin))
    return AFTER_SIGN_IN;
  // As the browser reads it: it drops tabs and line breaks, and takes a backslash for a slash.
  const { origin, pathname, search, hash } = new URL(from, window.location.origin);
  const elsewhere = origin !== window.location.origin || pathname.startsWith("//");
  return elsewhere ? AFTER_SIGN_IN : pathname + search + hash;
}

/** Waits for the earlier session; says so, and offers another try, when the service does not answer. */
function Resuming() {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 4_000);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <PageSkeleton />;
  return (
    <div className="notice-page stack">
      <h1>{t("offline.title")}</h1>
      <p className="soft">{t("offline.text")}</p>
      <div>
        <Button look="filled" onClick={() => void session.resume()}>
          {t("retry")}
        </Button>
      </div>
    </div>
  );
}
