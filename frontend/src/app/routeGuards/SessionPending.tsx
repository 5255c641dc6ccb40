import Typography from "@mui/material/Typography";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { NoticePage } from "@/components/NoticePage";
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
    <NoticePage>
      <Typography variant="h1">{t("offline.title")}</Typography>
      <Muted>{t("offline.text")}</Muted>
      <div>
        <Button variant="contained" onClick={() => void session.resume()}>
          {t("retry")}
        </Button>
      </div>
    </NoticePage>
  );
}
