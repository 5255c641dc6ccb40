import { useLayoutEffect, useState } from "react";
import { useStore } from "react-redux";
import { Outlet } from "react-router";
import { UploaderContext } from "@/features/documents/uploads/UploaderContext";
import type { Uploader } from "@/features/documents/uploads/uploader";
import { ReportTray } from "@/features/reports/components/ReportTray";
import { attachMemberStore, uploaderFor } from "./memberStore";
import type { Store } from "./store";

/** The parent of all pages for signed-in users. It is loaded, and extends the store, on the first of these pages. */
export default function MembersArea() {
  const store = useStore() as Store;
  const [uploader, setUploader] = useState<Uploader | null>(() => uploaderFor(store));
  useLayoutEffect(() => setUploader(attachMemberStore(store)), [store]);
  return (
    uploader && (
      <UploaderContext value={uploader}>
        <ReportTray />
        <Outlet />
      </UploaderContext>
    )
  );
}
