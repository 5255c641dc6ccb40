import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Notice } from "@/components/Notice";
import type { PaymentFailure } from "../paymentFailure";

interface Props {
  failure: PaymentFailure;
  onRetry: () => void;
  /** The path of the page that shows the outcome of the payment. */
  resultPath?: string;
}

const FIXED_IN_FORM = new Set<PaymentFailure["reason"]>(["input", "declined", "authentication"]);

/** Why a payment failed, with the next step. Failures that are fixed in the form have no button. */
export function PaymentFailureNotice({ failure: { reason, detail }, onRetry, resultPath }: Props) {
  const { t } = useTranslation("orders");
  const { t: tCommon } = useTranslation();
  const action =
    reason === "unclear" && resultPath ? (
      <ButtonLink color="neutral" size="small" to={resultPath}>
        {t("pay.check")}
      </ButtonLink>
    ) : FIXED_IN_FORM.has(reason) ? null : (
      <Button color="neutral" size="small" onClick={onRetry}>
        {tCommon("retry")}
      </Button>
    );
  return (
    <Notice severity="error" action={action}>
      {t(`pay.failed.${reason}`, { detail: detail ?? t("pay.refused") })}
    </Notice>
  );
}
