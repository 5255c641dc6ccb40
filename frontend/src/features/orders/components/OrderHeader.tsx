import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useUploadsPending } from "@/features/documents/useDocumentRows";
import type { OrderResponse } from "@/lib/api/client.generated";
import { statusReason } from "@/lib/api/statusReason";
import { isPaymentPending } from "../orderState";
import { orderTitle } from "../orderTitle";
import { OrderBadge } from "./OrderBadge";
import { SampleBadge } from "./SampleBadge";

const CancelDialog = lazy(() => import("./CancelDialog"));

/** Title, status and reason of an order, and the button that cancels it. */
export function OrderHeader({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const codeMessage = useCodeMessage();
  const [cancelOpen, setCancelOpen] = useState(false);
  // While the first files are uploaded, the order still reports that it has no documents.
  const uploading = useUploadsPending(order);
  const reason = uploading ? t("next.uploading") : codeMessage("order", statusReason(order));
  return (
    <Stack spacing={2} component="header">
      <Inline between top>
        <Stack spacing={0.75} sx={{ flex: { xs: "1 1 100%", sm: 1 }, minWidth: 0 }}>
          <Typography variant="h1" className="wrap">
            {orderTitle(order, t)}
          </Typography>
          <Inline>
            <OrderBadge order={order} />
            <SampleBadge order={order} />
            <Muted component="span">{reason}</Muted>
          </Inline>
        </Stack>
        {order.status === "pending" && !order.is_sample && !isPaymentPending(order) && (
          <Button color="error" sx={{ mx: { xs: -2.25, sm: 0 } }} onClick={() => setCancelOpen(true)}>
            {t("cancel.title")}
          </Button>
        )}
      </Inline>
      {cancelOpen && (
        <Suspense>
          <CancelDialog orderId={order.id} onClose={() => setCancelOpen(false)} />
        </Suspense>
      )}
    </Stack>
  );
}
