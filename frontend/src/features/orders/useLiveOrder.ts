import { FRESH_SECONDS } from "@/lib/api/freshness";
import { usePolling } from "@/lib/usePolling";
import { useOrdersGetQuery } from "./api/getOrder";
import { isChanging } from "./orderState";

/**
 * An order that is fetched again while it is about to change, and when the user returns to the page. `slow` is true
 * when it should have changed but has not for a long time.
 */
export function useLiveOrder(orderId: string) {
  const query = useOrdersGetQuery({ orderId }, { refetchOnMountOrArgChange: FRESH_SECONDS });
  const { data: order, error, refetch } = query;
  const slow = usePolling(query, order ? isChanging(order) : false);
  return { order, error, refetch, slow };
}
