import Stack from "@mui/material/Stack";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Columns } from "@/components/Columns";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { DocumentsPanel } from "@/features/documents/components/DocumentsPanel";
import type { OrderStatus } from "@/lib/api/client.generated";
import type { PreparePage } from "@/lib/preparePage";
import { ordersGet } from "../api/getOrder";
import { ordersListEvents } from "../api/listOrderEvents";
import { AnalysisPanel } from "../components/AnalysisPanel";
import { OrderHeader } from "../components/OrderHeader";
import { OrderHistory } from "../components/OrderHistory";
import { OrderNotLoaded } from "../components/OrderNotLoaded";
import { QuotePanel } from "../components/QuotePanel";
import { SampleNotice } from "../components/SampleNotice";
import { orderTitle } from "../orderTitle";
import { useLiveOrder } from "../useLiveOrder";

export const prepare: PreparePage = (dispatch, { orderId = "" }) =>
  Promise.all([
    dispatch(ordersGet.initiate({ orderId }, { subscribe: false })),
    dispatch(ordersListEvents.initiate({ orderId }, { subscribe: false })),
  ]);

export default function OrderPage() {
  const { t } = useTranslation("orders");
  const { orderId = "" } = useParams();
  const { order, error, refetch, slow } = useLiveOrder(orderId);
  const reload = () => void refetch();
  useStatusAnnouncement(order?.status);

  if (!order) return <OrderNotLoaded error={error} onRetry={reload} />;
  return (
    <Stack spacing={3}>
      <Title of={orderTitle(order, t)} />
      <OrderHeader order={order} />
      {error && <ProblemAlert problem={error} onRetry={reload} />}
      <SampleNotice order={order} slow={slow} />
      {slow && (
        <Notice
          severity="info"
          action={
            <Button color="neutral" size="small" onClick={reload}>
              {t("slow.check")}
            </Button>
          }
        >
          {t("slow.text")}
        </Notice>
      )}
      <Columns first={1.7}>
        <DocumentsPanel key={order.id} order={order} />
        <Stack spacing={3}>
          {!order.is_sample && <QuotePanel key={order.id} order={order} reload={reload} />}
          <AnalysisPanel order={order} />
          <OrderHistory orderId={order.id} />
        </Stack>
      </Columns>
    </Stack>
  );
}

/** Announces a change of the status to screen readers. */
function useStatusAnnouncement(status: OrderStatus | undefined): void {
  const { t } = useTranslation("orders");
  const [previous, setPrevious] = useState(status);
  useEffect(() => {
    if (previous && status && previous !== status) announce(t(`next.${status}`));
    setPrevious(status);
  }, [previous, status, t]);
}
