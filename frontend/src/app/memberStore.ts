import { setupListeners } from "@reduxjs/toolkit/query";
import { uploads } from "@/features/documents/uploads/slice";
import { Uploader } from "@/features/documents/uploads/uploader";
import { orders } from "@/features/orders/slice";
import { reports } from "@/features/reports/slice";
import { api } from "@/lib/api/api";
import { session } from "@/lib/session";
import { reducer, type Store } from "./store";

const uploaders = new WeakMap<Store, Uploader>();

/** The uploader of a store that `attachMemberStore` has extended, or null. */
export const uploaderFor = (store: Store): Uploader | null => uploaders.get(store) ?? null;

/** Adds to the store what only signed-in users need: API cache, list view, uploads, reports. Has an effect once per store. */
export function attachMemberStore(store: Store): Uploader {
  const existing = uploaders.get(store);
  if (existing) return existing;

  reducer.inject(api).inject(orders).inject(uploads).inject(reports);
  // An injected slice gets its initial state with the next action.
  store.dispatch({ type: "members/attached" });
  store.addMiddleware(api.middleware);
  setupListeners(store.dispatch);

  const uploader = new Uploader(store.dispatch);
  uploaders.set(store, uploader);
  clearOnUserChange(store, uploader);
  return uploader;
}

/** Data that one user loaded is never shown to another, and the uploads of one user end with the session. */
function clearOnUserChange(store: Store, uploader: Uploader): void {
  let lastUserId = store.getState().auth.user?.id;
  session.subscribe((event) => {
    const userChanged =
      event.kind === "opened"
        ? lastUserId !== undefined && lastUserId !== event.user.id
        : event.reason === "logout" || event.reason === "deleted";
    if (event.kind === "opened") lastUserId = event.user.id;
    if (!userChanged) return;
    uploader.clear();
    store.dispatch(api.util.resetApiState());
  });
}
