import { useLayoutEffect, useState } from "react";
import { useStore } from "react-redux";
import { Outlet } from "react-router";
import { UploaderContext } from "@/features/documents/uploads/context";
import type { Uploader } from "@/features/documents/uploads/uploader";
import { equip, uploaderOf } from "./members";
import type { Store } from "./store";

/** Everything behind the login: fetched, and the store made ready for it, when a member first comes. */
export default function MembersArea() {
  const store = useStore() as Store;
  const [uploader, setUploader] = useState<Uploader | null>(() => uploaderOf(store));
  useLayoutEffect(() => setUploader(equip(store)), [store]);
  return (
    uploader && (
      <UploaderContext value={uploader}>
        <Outlet />
      </UploaderContext>
    )
  );
}
