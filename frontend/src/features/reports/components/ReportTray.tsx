import { lazy, Suspense } from "react";
import { useAppSelector } from "@/lib/appState";
import { selectReports } from "../slice";

const ReportList = lazy(() => import("./ReportList"));

/** The reports that were requested, on every page, until the customer closes them. */
export function ReportTray() {
  const requested = useAppSelector(selectReports);
  return requested.length > 0 ? (
    <Suspense>
      <ReportList requested={requested} />
    </Suspense>
  ) : null;
}
