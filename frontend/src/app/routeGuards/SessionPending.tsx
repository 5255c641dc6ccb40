import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { session } from "@/lib/session";
import { PageSkeleton } from "../PageSkeleton";

const SLOW_MS = 4_000;

/** Shown while an earlier session is resumed. Offers a retry when the API does not respond. */
export function SessionPending() {
  const { t } = useTranslation();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!slow) return <PageSkeleton />;
  return (
    <div className="notice-page stack">
      <h1>{t("offline.title")}</h1>
      <p className="muted">{t("offline.text")}</p>
      <div>
        <Button variant="contained" onClick={() => void session.resume()}>
          {t("retry")}
        </Button>
      </div>
    </div>
  );
}
