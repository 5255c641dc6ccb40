import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { Muted } from "@/components/Muted";
import { NoticePage } from "@/components/NoticePage";
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
      <NoticePage>
        <Title of={t("missing.title")} />
        <Typography variant="h1">{t("missing.title")}</Typography>
        <Muted>{t("missing.text")}</Muted>
        <div>
          <ButtonLink to={routes.orders} variant="contained">
            {tCommon("toOrders")}
          </ButtonLink>
        </div>
      </NoticePage>
    );
  }
  return (
    <Stack spacing={2}>
      <Title of={t("order")} />
      {error ? (
        <>
          <Typography variant="h1">{t("order")}</Typography>
          <ProblemAlert problem={error} onRetry={onRetry} />
        </>
      ) : (
        <OrderSkeleton />
      )}
    </Stack>
  );
}
