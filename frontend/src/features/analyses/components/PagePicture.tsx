import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import type { PagePicture as Picture } from "@/lib/api/client.generated";

/** `retried` is a picture that failed once and has a new address. */
type Status = "loading" | "refreshing" | "retried" | "failed";

interface Props {
  picture: Picture;
  /** When the picture's address was fetched; after a failure a later one is tried. */
  fetchedAt: number | undefined;
  alt: string;
  /** New addresses are on their way. */
  refreshing: boolean;
  /** A failure is shown elsewhere. */
  quiet: boolean;
  /** Fetches new addresses. */
  onRefresh: () => void;
  /** What is drawn on the picture. */
  children: ReactNode;
}

/**
 * A page's picture. Its address is signed for minutes: the first failure fetches a new one, and only if that fails as
 * well the reader is told and can try again.
 */
export function PagePicture({ picture, fetchedAt, alt, refreshing, quiet, onRefresh, children }: Props) {
  const { t } = useTranslation("analysis");
  const { t: common } = useTranslation();
  const [status, setStatus] = useState<Status>("loading");
  const [attempt, setAttempt] = useState(0);
  const [lastFetchedAt, setLastFetchedAt] = useState(fetchedAt);
  if (lastFetchedAt !== fetchedAt) {
    setLastFetchedAt(fetchedAt);
    if (status === "refreshing" || status === "failed") {
      setStatus("retried");
      setAttempt(attempt + 1);
    }
  }

  function handleError() {
    if (status === "loading") {
      setStatus("refreshing");
      onRefresh();
    } else if (status === "retried") setStatus("failed");
  }

  if (status === "failed" && quiet) return null;
  if (status === "failed") {
    const retry = (
      <Button size="small" color="neutral" busy={refreshing} onClick={onRefresh}>
        {common("retry")}
      </Button>
    );
    return (
      <Notice severity="error" action={retry}>
        {t("viewer.broken")}
      </Notice>
    );
  }
  return (
    <div className="page-image">
      <img
        key={attempt}
        src={picture.picture_url}
        width={picture.width}
        height={picture.height}
        alt={alt}
        // The next failure means that this address has run out.
        onLoad={() => setStatus("loading")}
        onError={handleError}
      />
      {children}
    </div>
  );
}
