import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDispatch, useSelector } from "react-redux";
import { Link } from "react-router";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import { Title } from "@/components/Title";
import type { OrderStatus, OrderView } from "@/lib/api/client.generated";
import { formatDate, formatMoney } from "@/lib/format";
import type { PreparePage } from "@/lib/preparePage";
import { JUST_NOW_S, newestOrders, useNewestOrdersInfiniteQuery } from "../api";
import { OrderBadge } from "../components/OrderBadge";
import { orderTitle } from "../orderTitle";
import { searched, selectView, statusChosen } from "../slice";

const NewOrderDialog = lazy(() => import("../components/NewOrderDialog"));
const FILTERS: (OrderStatus | null)[] = [null, "pending", "processing", "completed", "cancelled"];

export const prepare: PreparePage = (dispatch) =>
  dispatch(newestOrders.initiate({ status: null }, { subscribe: false }));

export default function OrdersPage() {
  const { t } = useTranslation("orders");
  const dispatch = useDispatch();
  const { status, search } = useSelector(selectView);
  const list = useNewestOrdersInfiniteQuery({ status }, { refetchOnMountOrArgChange: JUST_NOW_S });
  const [opening, setOpening] = useState(false);
  const searchInput = useRef<HTMLInputElement>(null);

  const loaded = list.currentData?.pages.flatMap((page) => page.orders);
  const wanted = search.trim().toLocaleLowerCase();
  const shown = loaded?.filter((order) => orderTitle(order, t).toLocaleLowerCase().includes(wanted));

  // The service cannot search, so a search fetches what is older until all has been looked through.
  const { hasNextPage, isFetching, fetchNextPage, isError } = list;
  useEffect(() => {
    if (wanted && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [wanted, hasNextPage, isFetching, isError, fetchNextPage]);

  useShortcut("n", t("list.new"), () => setOpening(true));
  useShortcut("/", t("list.search"), () => searchInput.current?.focus());

  return (
    <div className="stack loose">
      <Title of={t("list.title")} />
      <div className="row between">
        <h1>{t("list.title")}</h1>
        <Button variant="contained" icon={<Icon name="add" />} onClick={() => setOpening(true)}>
          {t("list.new")}
        </Button>
      </div>
      <div className="row between filters">
        <fieldset className="tabs" aria-label={t("list.filter")}>
          {FILTERS.map((filter) => (
            <button
              key={filter ?? "all"}
              type="button"
              aria-pressed={status === filter}
              onClick={() => dispatch(statusChosen(filter))}
            >
              {t(filter ? `status.${filter}` : "status.all")}
            </button>
          ))}
        </fieldset>
        <label className="search">
          <Icon name="search" />
          <span className="visually-hidden">{t("list.search")}</span>
          <input
            type="search"
            placeholder={t("list.search")}
            value={search}
            ref={searchInput}
            onChange={(event) => dispatch(searched(event.target.value))}
          />
        </label>
      </div>
      {list.error && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
      {!shown && !list.error && <ListSkeleton />}
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
        <div className="card empty stack">
          <h2>{t(emptyTitle(wanted, status))}</h2>
          {!wanted && !status && (
            <>
              <p className="muted">{t("list.emptyText")}</p>
              <div>
                <Button variant="contained" onClick={() => setOpening(true)}>
                  {t("list.first")}
                </Button>
              </div>
            </>
          )}
        </div>
      )}
      {wanted && isFetching && (
        <p className="muted" role="status">
          {t("list.searching")}
        </p>
      )}
      {hasNextPage && !wanted && (
        <div className="center">
          <Button variant="outlined" busy={list.isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("list.more")}
          </Button>
        </div>
      )}
      {opening && (
        <Suspense>
          <NewOrderDialog onClose={() => setOpening(false)} />
        </Suspense>
      )}
    </div>
  );
}

function OrderRow({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  return (
    <Link className="order" to={`/orders/${order.id}`}>
      <span>
        <span className="order-title">{orderTitle(order, t)}</span>
        <span className="muted small">{t("list.documents", { count: order.documents.length })}</span>
      </span>
      <span>
        <OrderBadge status={order.status} />
      </span>
      <span className="number order-price">
        {order.quote ? formatMoney(order.quote.amount, order.quote.currency) : ""}
      </span>
      <span className="muted small number order-date">{formatDate(order.created_at)}</span>
    </Link>
  );
}

function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="card orders" role="status" aria-label={t("loading")}>
      {[0, 1, 2, 3].map((line) => (
        <div className="order-skeleton" key={line}>
          <span className="skeleton text-line" />
          <span className="skeleton text-line short" />
        </div>
      ))}
    </div>
  );
}

function emptyTitle(wanted: string, status: OrderStatus | null) {
  if (wanted) return "list.noMatch" as const;
  return status ? (`list.none.${status}` as const) : ("list.empty" as const);
}
