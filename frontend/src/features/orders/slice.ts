import { createSlice, type PayloadAction, type WithSlice } from "@reduxjs/toolkit";
import type { OrderStatus } from "@/lib/api/client.generated";

/** The filter and search of the order list. They survive a visit to an order. */
export interface OrderFilter {
  status: OrderStatus | null;
  search: string;
}

const initialState: OrderFilter = { status: null, search: "" };

export const orders = createSlice({
  name: "orders",
  initialState,
  reducers: {
    statusSelected(state, { payload }: PayloadAction<OrderStatus | null>) {
      state.status = payload;
    },
    searchChanged(state, { payload }: PayloadAction<string>) {
      state.search = payload;
    },
  },
  selectors: { selectOrderFilter: (state) => state },
});

export const { statusSelected, searchChanged } = orders.actions;
export const { selectOrderFilter } = orders.selectors;

declare module "@/lib/appState" {
  interface AppState extends WithSlice<typeof orders> {}
}
