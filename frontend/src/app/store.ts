import { combineSlices, configureStore, createDynamicMiddleware } from "@reduxjs/toolkit";
import { auth, sessionChanged } from "@/features/auth/slice";
import { session } from "@/lib/session";

/** The state that every visitor needs. `memberStore.ts` adds the state of signed-in users. */
export const reducer = combineSlices(auth);

export function makeStore() {
  const dynamicMiddleware = createDynamicMiddleware();
  const store = configureStore({
    reducer,
    middleware: (defaults) => defaults().prepend(dynamicMiddleware.middleware),
  });
  session.subscribe((event) => void store.dispatch(sessionChanged(event)));
  return Object.assign(store, { addMiddleware: dynamicMiddleware.addMiddleware });
}

export type Store = ReturnType<typeof makeStore>;
