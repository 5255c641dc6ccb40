import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Notice } from "@/components/Notice";
import type { Failure } from "../failure";

interface Props {
  failure: Failure;
  onRetry: () => void;
  /** The page that says what became of the payment. */
  result?: string;
}

/** Why it was not paid, and what can be done. A card is mended in the form, so that there is nothing else to press. */
export function FailureNotice({ failure: { reason, detail }, onRetry, result }: Props) {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  const inForm = reason === "input" || reason === "declined" || reason === "authentication";
  const check = reason === "unclear" && result;
  return (
    <Notice
      severity="error"
      action={
        check ? (
          <ButtonLink color="neutral" size="small" to={check}>
            {t("pay.check")}
          </ButtonLink>
        ) : (
          !inForm && (
            <Button color="neutral" size="small" onClick={onRetry}>
              {common("retry")}
            </Button>
          )
        )
      }
    >
      {t(`pay.failed.${reason}`, { detail: detail ?? t("pay.refused") })}
    </Notice>
  );
}
