import { useSyncExternalStore } from "react";
import { latestAnnouncement, subscribeToAnnouncements } from "./announce";

/** The live region whose text screen readers read out. Rendered once, beside the page. */
export function Announcer() {
  const text = useSyncExternalStore(subscribeToAnnouncements, latestAnnouncement);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
