import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { isProblem } from "@/lib/api/problem";
import { routes } from "@/lib/routes";
import { OrderSkeleton } from "./OrderSkeleton";

/** Shown instead of an order while it loads, when it does not exist, or when the request failed. */
export function OrderNotLoaded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation("orders");
  const { t: tCommon } = useTranslation();
  const notFound = isProblem(error) && error.status === 404;
  if (notFound) {
    return (
      <div className="notice-page stack">
        <Title of={t("missing.title")} />
        <h1>{t("missing.title")}</h1>
        <p className="muted">{t("missing.text")}</p>
        <div>
          <ButtonLink to={routes.orders} variant="contained">
            {tCommon("toOrders")}
          </ButtonLink>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <Title of={t("order")} />
      {error ? (
        <>
          <h1>{t("order")}</h1>
          <ProblemAlert problem={error} onRetry={onRetry} />
        </>
      ) : (
        <OrderSkeleton />
      )}
    </div>
  );
}
