import { useEffect, useState } from "react";
import { useLatest } from "@/lib/useLatest";
import { forecast, minutesLeft, remainingBytes } from "./uploads/forecast";
import { isRunning, type Upload } from "./uploads/slice";

const INTERVAL_MS = 1_000;

/** The minutes until all uploads are sent, 0 for less than one; null: nothing runs, or it is not known yet. */
export function useMinutesLeft(uploads: readonly Upload[]): number | null {
  const latest = useLatest(uploads);
  const isUploading = uploads.some(isRunning);
  const [shown, setShown] = useState<number | null>(null);

  useEffect(() => {
    if (!isUploading) return;
    const secondsLeft = forecast();
    const timer = setInterval(() => {
      const seconds = secondsLeft(remainingBytes(latest.current));
      setShown((previous) => minutesLeft(seconds, previous));
    }, INTERVAL_MS);
    return () => {
      clearInterval(timer);
      setShown(null);
    };
  }, [isUploading, latest]);

  return shown;
}
