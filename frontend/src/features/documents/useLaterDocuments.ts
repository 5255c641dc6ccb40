import { useEffect, useRef } from "react";
import { LISTED_DOCUMENTS } from "@/features/orders/orderState";
import type { OrderResponse } from "@/lib/api/client.generated";
import { useListDocumentsInfiniteQuery } from "./api/listDocuments";

/** The documents behind those that the order's response lists, up to the row `end`. Nothing is requested without need. */
export function useLaterDocuments(order: OrderResponse, end: number) {
  const neededPages = end > order.documents.length ? Math.ceil(end / LISTED_DOCUMENTS) : 0;
  const list = useListDocumentsInfiniteQuery({ orderId: order.id }, { skip: neededPages === 0 });
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = list;
  const loadedPages = data?.pages.length ?? 0;

  useEffect(() => {
    if (loadedPages > 0 && loadedPages < neededPages && hasNextPage && !isFetching && !error)
      void fetchNextPage();
  }, [loadedPages, neededPages, hasNextPage, isFetching, error, fetchNextPage]);

  // The pages change with the order, which is polled.
  const shownOrder = useRef(order);
  useEffect(() => {
    if (neededPages === 0 || isFetching || shownOrder.current === order) return;
    shownOrder.current = order;
    if (loadedPages > 0) void refetch();
  }, [order, neededPages, isFetching, loadedPages, refetch]);

  const isNeeded = neededPages > 0;
  return {
    documents: isNeeded ? (data?.pages.slice(1).flatMap(({ documents }) => documents) ?? []) : [],
    loading: isNeeded && loadedPages < neededPages && !error,
    error: isNeeded ? error : undefined,
    retry: () => void refetch(),
  };
}
