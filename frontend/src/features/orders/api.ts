import { api } from "@/lib/api/api";
import type { Order, OrderEvent, OrderStatus } from "@/lib/api/model";

export interface OrdersPage {
  orders: Order[];
  next: string | null;
}

const ordersApi = api.injectEndpoints({
  endpoints: (build) => ({
    orders: build.infiniteQuery<OrdersPage, { status: OrderStatus | null }, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next },
      query: ({ queryArg, pageParam }) => ({
        url: "/orders",
        params: { limit: 25, status: queryArg.status ?? undefined, cursor: pageParam ?? undefined },
      }),
      transformResponse: (orders: Order[], meta) => ({ orders, next: cursorIn(meta?.headers?.get("link")) }),
      providesTags: ["Orders"],
    }),
    order: build.query<Order, string>({
      query: (id) => `/orders/${id}`,
      providesTags: (_order, _error, id) => [{ type: "Order", id }],
    }),
    createOrder: build.mutation<Order, { title?: string }>({
      query: (body) => ({ url: "/orders", method: "POST", body }),
      invalidatesTags: ["Orders"],
    }),
    cancelOrder: build.mutation<Order, string>({
      query: (id) => ({ url: `/orders/${id}/status`, method: "PUT", body: { status: "cancelled" } }),
      invalidatesTags: (_order, _error, id) => ["Orders", { type: "Order", id }],
    }),
    orderEvents: build.query<OrderEvent[], string>({
      query: (id) => `/orders/${id}/events`,
      providesTags: (_events, _error, id) => [{ type: "Order", id }],
    }),
  }),
});

/** The cursor of the next page, out of a `Link: <…?cursor=…>; rel="next"` header. */
export function cursorIn(link: string | null | undefined): string | null {
  const address = link?.match(/<([^>]*)>\s*;\s*rel="?next"?/)?.[1];
  return address ? new URL(address, "http://site.invalid").searchParams.get("cursor") : null;
}

export const {
  useOrdersInfiniteQuery,
  useOrderQuery,
  useCreateOrderMutation,
  useCancelOrderMutation,
  useOrderEventsQuery,
} = ordersApi;
export const { order: orderEndpoint } = ordersApi.endpoints;
