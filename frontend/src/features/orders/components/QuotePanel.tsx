import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { useUploadsPending } from "@/features/documents/useDocumentRows";
import { PaymentStatus } from "@/features/payments/components/PaymentStatus";
import { storedPaymentIntent } from "@/features/payments/storedPaymentIntent";
import { useConfirmPayment } from "@/features/payments/useConfirmPayment";
import { usePageRestored } from "@/features/payments/usePageRestored";
import type { OrderResponse } from "@/lib/api/client.generated";
import { hasUnreadDocuments, isPaidElsewhere, isPaymentPending } from "../orderState";
import { PayStep } from "./PayStep";
import { QuoteTable } from "./QuoteTable";

const PayPanel = lazy(() => import("@/features/payments/components/PayPanel"));

/** The quote, the payment form, and the state of the payment. */
export function QuotePanel({ order, reload }: { order: OrderResponse; reload: () => void }) {
  const { t } = useTranslation("orders");
  const [formOpen, setFormOpen] = useState(false);
  const formRef = useRef<HTMLElement>(null);
  // The payment that was in progress when the page was opened or restored. `PayPanel` handles a new one.
  const [earlier, setEarlier] = useState(() => ({ intentId: storedPaymentIntent(order.id), round: 0 }));
  const confirmingEarlier = useConfirmPayment(order, earlier.intentId, earlier.round);
  usePageRestored(() => {
    setEarlier(({ round }) => ({ intentId: storedPaymentIntent(order.id), round: round + 1 }));
    reload();
  });
  const { quote, payment } = order;
  const uploading = useUploadsPending(order);
  const reading = uploading || hasUnreadDocuments(order);
  const confirming = isPaymentPending(order) || confirmingEarlier;
  // The form closes while a document is being added: a payment of the old price would be refunded.
  const payable = Boolean(quote && quote.amount > 0 && !reading);
  const showForm = formOpen && payable;

  function openFormFromBar() {
    flushSync(() => setFormOpen(true));
    formRef.current?.focus({ preventScroll: true });
    formRef.current?.scrollIntoView({ block: "start" });
  }

  return (
    <Panel aria-labelledby="quote">
      <Typography variant="h2" id="quote">
        {t("quote.title")}
      </Typography>
      {quote && <QuoteTable quote={quote} order={order} />}
      {!quote && <Muted>{t(missingQuoteKey(order, reading))}</Muted>}
      {quote && order.status === "cancelled" && !payment?.paid_at && <Muted>{t("quote.cancelled")}</Muted>}
      <PaymentStatus order={order} />
      {order.status === "pending" && quote && confirming && (
        <Notice severity="info">{t("pay.confirming")}</Notice>
      )}
      {order.status === "pending" && quote && !confirming && !showForm && (
        <PayStep
          order={order}
          quote={quote}
          reading={reading}
          onPay={() => setFormOpen(true)}
          onPayFromBar={openFormFromBar}
        />
      )}
      {order.status === "pending" && quote && !confirming && showForm && (
        <Box
          component="section"
          ref={formRef}
          tabIndex={-1}
          aria-label={t("pay.form")}
          sx={{ scrollMarginTop: "84px" }}
        >
          <Suspense fallback={<Skeleton height={220} />}>
            {/* A changed quote has another intent, and a restored page has an outdated form: both start a new form. */}
            <PayPanel
              key={`${quote.amount} ${earlier.round}`}
              order={order}
              onClose={() => setFormOpen(false)}
            />
          </Suspense>
        </Box>
      )}
    </Panel>
  );
}

function missingQuoteKey(order: OrderResponse, reading: boolean) {
  if (order.status === "cancelled") return "quote.cancelled" as const;
  if (reading) return "quote.reading" as const;
  if (order.document_count === 0) return "quote.empty" as const;
  return isPaidElsewhere(order) ? ("quote.paidElsewhere" as const) : ("quote.nothing" as const);
}
