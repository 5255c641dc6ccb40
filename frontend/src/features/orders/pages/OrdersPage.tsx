import AddIcon from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import FormControl from "@mui/material/FormControl";
import InputLabel from "@mui/material/InputLabel";
import OutlinedInput from "@mui/material/OutlinedInput";
import Paper from "@mui/material/Paper";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDispatch, useSelector } from "react-redux";
import { Link } from "react-router";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import { Title } from "@/components/Title";
import type { OrderStatus, OrderView } from "@/lib/api/client.generated";
import { day, money } from "@/lib/format";
import { useNewestOrdersInfiniteQuery } from "../api";
import { OrderBadge } from "../components/OrderBadge";
import { searched, selectView, statusChosen } from "../slice";
import { titleOf } from "../title";

const NewOrderDialog = lazy(() => import("../components/NewOrderDialog"));
const FILTERS: (OrderStatus | null)[] = [null, "pending", "processing", "completed", "cancelled"];

export default function OrdersPage() {
  const { t } = useTranslation("orders");
  const dispatch = useDispatch();
  const { status, search } = useSelector(selectView);
  const list = useNewestOrdersInfiniteQuery({ status }, { refetchOnMountOrArgChange: true });
  const [opening, setOpening] = useState(false);
  const searchInput = useRef<HTMLInputElement>(null);

  const loaded = list.currentData?.pages.flatMap((page) => page.orders);
  const wanted = search.trim().toLocaleLowerCase();
  const shown = loaded?.filter((order) => titleOf(order, t).toLocaleLowerCase().includes(wanted));

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
        <Typography variant="h1">{t("list.title")}</Typography>
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setOpening(true)}>
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
        <FormControl size="small" className="search">
          <InputLabel htmlFor="search">{t("list.search")}</InputLabel>
          <OutlinedInput
            id="search"
            type="search"
            label={t("list.search")}
            value={search}
            inputRef={searchInput}
            onChange={(event) => dispatch(searched(event.target.value))}
          />
        </FormControl>
      </div>
      {list.error && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
      {!shown && !list.error && <ListSkeleton />}
      {shown && shown.length > 0 && (
        <Paper className="card orders">
          <ul className="plain">
            {shown.map((order) => (
              <li key={order.id}>
                <OrderRow order={order} />
              </li>
            ))}
          </ul>
        </Paper>
      )}
      {shown?.length === 0 && !isFetching && (
        <Paper className="card empty stack">
          <Typography variant="h2">{t(emptyTitle(wanted, status))}</Typography>
          {!wanted && !status && (
            <>
              <p className="soft">{t("list.emptyText")}</p>
              <div>
                <Button variant="contained" onClick={() => setOpening(true)}>
                  {t("list.first")}
                </Button>
              </div>
            </>
          )}
        </Paper>
      )}
      {wanted && isFetching && (
        <p className="soft" role="status">
          {t("list.searching")}
        </p>
      )}
      {hasNextPage && !wanted && (
        <div className="center">
          <Button variant="outlined" loading={list.isFetchingNextPage} onClick={() => void fetchNextPage()}>
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
        <span className="order-title">{titleOf(order, t)}</span>
        <span className="soft small">{t("list.documents", { count: order.documents.length })}</span>
      </span>
      <span>
        <OrderBadge status={order.status} />
      </span>
      <span className="number">{order.quote ? money(order.quote.amount, order.quote.currency) : ""}</span>
      <span className="soft small number">{day(order.created_at)}</span>
    </Link>
  );
}

function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <Paper className="card orders" role="status" aria-label={t("loading")}>
      {[0, 1, 2, 3].map((line) => (
        <div className="order-skeleton" key={line}>
          <Skeleton width="46%" height={24} />
          <Skeleton width="22%" height={20} />
        </div>
      ))}
    </Paper>
  );
}

function emptyTitle(wanted: string, status: OrderStatus | null) {
  if (wanted) return "list.noMatch" as const;
  return status ? (`list.none.${status}` as const) : ("list.empty" as const);
}
