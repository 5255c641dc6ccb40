import { useEffect, useRef } from "react";
import { announce } from "@/components/announce";
import { useLatest } from "@/lib/useLatest";

/** Fewer files than this are announced when all are uploaded only. */
const MANY_FILES = 20;
/** Screen readers are not interrupted more often than this. */
const PAUSE_MS = 15_000;

interface Progress {
  isUploading: boolean;
  uploaded: number;
  total: number;
  /** The progress in words. */
  text: string;
  /** What is announced when all files are uploaded. */
  endText: string;
}

/** Announces the uploads of many files at each quarter, and their end. */
export function useProgressAnnouncement(progress: Progress): void {
  const { isUploading, uploaded, total } = progress;
  const latest = useLatest(progress);
  const quarter = total < MANY_FILES ? 0 : Math.min(3, Math.floor((4 * uploaded) / total));
  const isComplete = total > 0 && uploaded >= total;
  const announcedAt = useRef(0);
  const wasUploading = useRef(isUploading);

  useEffect(() => {
    if (!latest.current.isUploading || quarter === 0 || Date.now() - announcedAt.current < PAUSE_MS) return;
    announcedAt.current = Date.now();
    announce(latest.current.text);
  }, [quarter, latest]);

  useEffect(() => {
    if (wasUploading.current && !isUploading && isComplete) announce(latest.current.endText);
    wasUploading.current = isUploading;
  }, [isUploading, isComplete, latest]);
}
