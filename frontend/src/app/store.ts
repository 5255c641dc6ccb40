import { combineSlices, configureStore, createDynamicMiddleware } from "@reduxjs/toolkit";
import { auth, sessionChanged } from "@/features/auth/slice";
import { session } from "@/lib/session";

/** What every visitor needs is here; `members.ts` adds what only members do, when one comes. */
export const reducer = combineSlices(auth);

export function makeStore() {
  const late = createDynamicMiddleware();
  const store = configureStore({
    reducer,
    middleware: (standard) => standard().prepend(late.middleware),
  });
  session.onNews((news) => void store.dispatch(sessionChanged(news)));
  return Object.assign(store, { addMiddleware: late.addMiddleware });
}

export type Store = ReturnType<typeof makeStore>;
