import { configureStore } from "@reduxjs/toolkit";
import { setupListeners } from "@reduxjs/toolkit/query";
import { auth, sessionChanged } from "@/features/auth/slice";
import { uploads } from "@/features/documents/uploads/slice";
import { orders } from "@/features/orders/slice";
import { api } from "@/lib/api/api";
import { session } from "@/lib/session";

export function makeStore() {
  const store = configureStore({
    reducer: {
      [api.reducerPath]: api.reducer,
      [auth.name]: auth.reducer,
      [orders.name]: orders.reducer,
      [uploads.name]: uploads.reducer,
    },
    middleware: (standard) => standard().concat(api.middleware),
  });
  session.onNews((news) => {
    const before = store.getState().auth.user?.id;
    store.dispatch(sessionChanged(news));
    // What one person loaded is never shown to the next.
    const other =
      news.kind === "opened" ? before !== undefined && before !== news.user.id : news.why === "logout";
    if (other) store.dispatch(api.util.resetApiState());
  });
  setupListeners(store.dispatch);
  return store;
}

export type Store = ReturnType<typeof makeStore>;
export type State = ReturnType<Store["getState"]>;
export type Dispatch = Store["dispatch"];
