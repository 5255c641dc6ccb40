import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { RefundResponse, RefundStatus } from "@/lib/api/client.generated";
import { formatDate, formatMoney } from "@/lib/format";

const SEVERITIES = {
  owed: "info",
  pending: "info",
  succeeded: "success",
  failed: "warning",
} as const satisfies Record<RefundStatus, string>;

/** A refund: its amount, how far it is, what happens next, and why the payment is refunded. */
export function RefundNotice({ refund }: { refund: RefundResponse }) {
  const { t } = useTranslation("orders");
  const codeMessage = useCodeMessage();
  const { status, amount, currency, updated_at, reason, reason_code, needs_person } = refund;
  const state = needs_person ? "needsPerson" : status;
  return (
    <Notice severity={SEVERITIES[status] ?? "info"}>
      <Stack>
        <span>
          {t(`refund.${state}`, { amount: formatMoney(amount, currency), date: formatDate(updated_at) })}
        </span>
        <Muted small component="span">
          {codeMessage("refund", { code: reason_code, params: {}, fallback: reason })}
        </Muted>
      </Stack>
    </Notice>
  );
}
