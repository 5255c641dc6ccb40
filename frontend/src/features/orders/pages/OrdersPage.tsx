import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import { Title } from "@/components/Title";
import { FRESH_SECONDS } from "@/lib/api/freshness";
import type { PreparePage } from "@/lib/preparePage";
import { listOrders, useListOrdersInfiniteQuery } from "../api/listOrders";
import { EmptyOrderList } from "../components/EmptyOrderList";
import { OrderFilters } from "../components/OrderFilters";
import { OrderListSkeleton } from "../components/OrderListSkeleton";
import { OrderRow } from "../components/OrderRow";
import { orderTitle } from "../orderTitle";
import { selectOrderFilter } from "../slice";

const NewOrderDialog = lazy(() => import("../components/NewOrderDialog"));

export const prepare: PreparePage = (dispatch) =>
  dispatch(listOrders.initiate({ status: null }, { subscribe: false }));

export default function OrdersPage() {
  const { t } = useTranslation("orders");
  const { status, search } = useSelector(selectOrderFilter);
  const list = useListOrdersInfiniteQuery({ status }, { refetchOnMountOrArgChange: FRESH_SECONDS });
  const [dialogOpen, setDialogOpen] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);

  const loaded = list.currentData?.pages.flatMap((page) => page.orders);
  const searchTerm = search.trim().toLocaleLowerCase();
  const shown = loaded?.filter((order) => orderTitle(order, t).toLocaleLowerCase().includes(searchTerm));

  // The API has no search: a search loads the remaining pages and filters them here.
  const { hasNextPage, isFetching, fetchNextPage, isError } = list;
  useEffect(() => {
    if (searchTerm && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [searchTerm, hasNextPage, isFetching, isError, fetchNextPage]);

  useShortcut("n", t("list.new"), () => setDialogOpen(true));
  useShortcut("/", t("list.search"), () => searchRef.current?.focus());

  return (
    <div className="stack loose">
      <Title of={t("list.title")} />
      <div className="row between">
        <h1>{t("list.title")}</h1>
        <Button variant="contained" icon={<Icon name="add" />} onClick={() => setDialogOpen(true)}>
          {t("list.new")}
        </Button>
      </div>
      <OrderFilters searchRef={searchRef} />
      {list.error && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
      {!shown && !list.error && <OrderListSkeleton />}
      {shown && shown.length > 0 && (
        <div className="card orders">
          <ul className="plain-list">
            {shown.map((order) => (
              <li key={order.id}>
                <OrderRow order={order} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {shown?.length === 0 && !isFetching && (
        <EmptyOrderList searching={searchTerm !== ""} status={status} onCreate={() => setDialogOpen(true)} />
      )}
      {searchTerm && isFetching && (
        <p className="muted" role="status">
          {t("list.searching")}
        </p>
      )}
      {hasNextPage && !searchTerm && (
        <div className="center">
          <Button variant="outlined" busy={list.isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("list.more")}
          </Button>
        </div>
      )}
      {dialogOpen && (
        <Suspense>
          <NewOrderDialog onClose={() => setDialogOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
