import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useUploadsPending } from "@/features/documents/useDocumentRows";
import type { OrderResponse } from "@/lib/api/client.generated";
import { statusReason } from "@/lib/api/statusReason";
import { isPaymentPending } from "../orderState";
import { orderTitle } from "../orderTitle";
import { OrderBadge } from "./OrderBadge";

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
    <header className="stack">
      <div className="row between top">
        <div className="stack tight grow">
          <h1 className="wrap">{orderTitle(order, t)}</h1>
          <div className="row">
            <OrderBadge order={order} />
            <span className="muted">{reason}</span>
          </div>
        </div>
        {order.status === "pending" && !isPaymentPending(order) && (
          <Button color="error" className="flush" onClick={() => setCancelOpen(true)}>
            {t("cancel.title")}
          </Button>
        )}
      </div>
      {cancelOpen && (
        <Suspense>
          <CancelDialog orderId={order.id} onClose={() => setCancelOpen(false)} />
        </Suspense>
      )}
    </header>
  );
}
