import { setupListeners } from "@reduxjs/toolkit/query";
import { uploads } from "@/features/documents/uploads/slice";
import { Uploader } from "@/features/documents/uploads/uploader";
import { orders } from "@/features/orders/slice";
import { api } from "@/lib/api/api";
import { session } from "@/lib/session";
import { reducer, type Store } from "./store";

const uploaders = new WeakMap<Store, Uploader>();

/** What `equip` made, where it has been called. */
export const uploaderOf = (store: Store): Uploader | null => uploaders.get(store) ?? null;

/** Makes the store ready for members: the server's state, the list's view, uploads. Once for each store. */
export function equip(store: Store): Uploader {
  const before = uploaders.get(store);
  if (before) return before;

  reducer.inject(api).inject(orders).inject(uploads);
  // An injected slice has its first state after the next action, whatever that is.
  store.dispatch({ type: "members/equipped" });
  store.addMiddleware(api.middleware);
  setupListeners(store.dispatch);
  forgetOnChangeOfPerson(store);

  const uploader = new Uploader(store.dispatch);
  uploaders.set(store, uploader);
  return uploader;
}

/** What one person loaded is never shown to the next. */
function forgetOnChangeOfPerson(store: Store): void {
  let last = store.getState().auth.user?.id;
  session.onNews((news) => {
    const other =
      news.kind === "opened" ? last !== undefined && last !== news.user.id : news.why === "logout";
    if (news.kind === "opened") last = news.user.id;
    if (other) store.dispatch(api.util.resetApiState());
  });
}
