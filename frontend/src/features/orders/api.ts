import {
  client,
  type OrderStatus,
  type OrdersCreateApiArg,
  type OrdersCreateApiResponse,
  type OrderView,
} from "@/lib/api/client.generated";

export interface OrdersPage {
  orders: OrderView[];
  next: string | null;
}

const PAGE = 25;

/** What came within these seconds is not asked for again by a page that opens. */
export const JUST_NOW_S = 5;

const orders = client
  .enhanceEndpoints({
    endpoints: {
      ordersGet: { providesTags: (_order, _error, { orderId }) => [{ type: "Order", id: orderId }] },
      ordersListEvents: { providesTags: (_events, _error, { orderId }) => [{ type: "Order", id: orderId }] },
      ordersUpdateStatus: {
        invalidatesTags: (_order, _error, { orderId }) => ["Orders", { type: "Order", id: orderId }],
      },
    },
  })
  .injectEndpoints({
    endpoints: (build) => ({
      /** The list, page by page: the contract's `GET /orders` follows its `Link` header here. */
      newestOrders: build.infiniteQuery<OrdersPage, { status: OrderStatus | null }, string | null>({
        infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next },
        query: ({ queryArg, pageParam }) => ({
          url: "/api/v1/orders",
          params: { limit: PAGE, status: queryArg.status, cursor: pageParam },
        }),
        transformResponse: (found: OrderView[], meta) => ({
          orders: found,
          next: cursorIn(meta?.headers.get("link")),
        }),
        providesTags: ["Orders"],
      }),
      /** The contract's `POST /orders` under a key of the caller's. */
      createOrder: build.mutation<OrdersCreateApiResponse, OrdersCreateApiArg & { idempotencyKey: string }>({
        query: ({ newOrder, idempotencyKey }) => ({
          url: "/api/v1/orders",
          method: "POST",
          body: newOrder,
          idempotencyKey,
        }),
        invalidatesTags: ["Orders"],
      }),
    }),
  });

/** The cursor of the next page, out of a `Link: <…?cursor=…>; rel="next"` header. */
export function cursorIn(link: string | null | undefined): string | null {
  const address = link?.match(/<([^>]*)>\s*;\s*rel="?next"?/)?.[1];
  return address ? new URL(address, "http://site.invalid").searchParams.get("cursor") : null;
}

export const { newestOrders, ordersGet, ordersListEvents } = orders.endpoints;
export const {
  useNewestOrdersInfiniteQuery,
  useOrdersGetQuery,
  useCreateOrderMutation,
  useOrdersUpdateStatusMutation,
  useOrdersListEventsQuery,
} = orders;
