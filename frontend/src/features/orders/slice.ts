import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { OrderStatus } from "@/lib/api/client.generated";

/** How the person last looked at the list; memoized while they visit an order and come back. */
export interface OrdersState {
  status: OrderStatus | null;
  search: string;
}

const initialState: OrdersState = { status: null, search: "" };

export const orders = createSlice({
  name: "orders",
  initialState,
  reducers: {
    statusChosen(state, { payload }: PayloadAction<OrderStatus | null>) {
      state.status = payload;
    },
    searched(state, { payload }: PayloadAction<string>) {
      state.search = payload;
    },
  },
  selectors: { selectView: (state) => state },
});

export const { statusChosen, searched } = orders.actions;
export const { selectView } = orders.selectors;
