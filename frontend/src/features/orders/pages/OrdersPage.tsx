import Box from "@mui/material/Box";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import { Title } from "@/components/Title";
import { FRESH_SECONDS } from "@/lib/api/freshness";
import { useAppSelector } from "@/lib/appState";
import type { PreparePage } from "@/lib/preparePage";
import { listOrders, useListOrdersInfiniteQuery } from "../api/listOrders";
import { EmptyOrderList } from "../components/EmptyOrderList";
import { OrderFilters } from "../components/OrderFilters";
import { OrderListCard } from "../components/OrderListCard";
import { OrderListSkeleton } from "../components/OrderListSkeleton";
import { OrderRow } from "../components/OrderRow";
import { orderTitle } from "../orderTitle";
import { selectOrderFilter } from "../slice";

const NewOrderDialog = lazy(() => import("../components/NewOrderDialog"));

export const prepare: PreparePage = (dispatch) =>
  dispatch(listOrders.initiate({ status: null }, { subscribe: false }));

export default function OrdersPage() {
  const { t } = useTranslation("orders");
  const { status, search } = useAppSelector(selectOrderFilter);
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
    <Stack spacing={3}>
      <Title of={t("list.title")} />
      <Inline between>
        <Typography variant="h1">{t("list.title")}</Typography>
        <Button variant="contained" startIcon={<Icon name="add" />} onClick={() => setDialogOpen(true)}>
          {t("list.new")}
        </Button>
      </Inline>
      <OrderFilters searchRef={searchRef} />
      {list.error && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
      {!shown && !list.error && <OrderListSkeleton />}
      {shown && shown.length > 0 && (
        <OrderListCard>
          <List disablePadding>
            {shown.map((order) => (
              <ListItem key={order.id} disablePadding divider>
                <OrderRow order={order} />
              </ListItem>
            ))}
          </List>
        </OrderListCard>
      )}
      {shown?.length === 0 && !isFetching && (
        <EmptyOrderList searching={searchTerm !== ""} status={status} onCreate={() => setDialogOpen(true)} />
      )}
      {searchTerm && isFetching && <Muted role="status">{t("list.searching")}</Muted>}
      {hasNextPage && !searchTerm && (
        <Box sx={{ textAlign: "center" }}>
          <Button variant="outlined" busy={list.isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("list.more")}
          </Button>
        </Box>
      )}
      {dialogOpen && (
        <Suspense>
          <NewOrderDialog onClose={() => setDialogOpen(false)} />
        </Suspense>
      )}
    </Stack>
  );
}
