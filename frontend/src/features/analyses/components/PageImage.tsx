import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import type { PageImageResponse } from "@/lib/api/client.generated";

/** `retried`: the image failed once and has a new URL. */
type Status = "loading" | "refreshing" | "retried" | "failed";

interface Props {
  image: PageImageResponse;
  /** When the URL of the image was fetched. A later time means a new URL, which is tried after a failure. */
  fetchedAt: number | undefined;
  alt: string;
  /** A request for new URLs is open. */
  refreshing: boolean;
  /** Shows no error: the caller shows it. */
  quiet: boolean;
  /** Fetches new URLs. */
  onRefresh: () => void;
  /** Drawn on top of the image. */
  children: ReactNode;
}

/**
 * The image of a page. Its presigned URL expires after minutes: the first failure fetches a new URL, and a second one
 * shows an error with a retry button.
 */
export function PageImage({ image, fetchedAt, alt, refreshing, quiet, onRefresh, children }: Props) {
  const { t } = useTranslation("analysis");
  const { t: tCommon } = useTranslation();
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
        {tCommon("retry")}
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
        src={image.picture_url}
        width={image.width}
        height={image.height}
        alt={alt}
        // After a successful load, the next failure means that this URL expired.
        onLoad={() => setStatus("loading")}
        onError={handleError}
      />
      {children}
    </div>
  );
}
