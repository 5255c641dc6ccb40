import { client, type OrderResponse, type OrderStatus } from "@/lib/api/client.generated";
import { nextCursor } from "@/lib/api/nextCursor";

export interface OrderListPage {
  orders: OrderResponse[];
  next: string | null;
}

const PAGE_SIZE = 25;

const orders = client.injectEndpoints({
  endpoints: (build) => ({
    /** `GET /orders`, page by page: each page names the next one in its `Link` header. */
    listOrders: build.infiniteQuery<OrderListPage, { status: OrderStatus | null }, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next },
      query: ({ queryArg, pageParam }) => ({
        url: "/api/v1/orders",
        params: { limit: PAGE_SIZE, status: queryArg.status, cursor: pageParam },
      }),
      transformResponse: (orders: OrderResponse[], meta) => ({
        orders,
        next: nextCursor(meta?.headers.get("link")),
      }),
      providesTags: ["Orders"],
    }),
  }),
});

export const { listOrders } = orders.endpoints;
export const { useListOrdersInfiniteQuery } = orders;
