import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { routes } from "@/lib/routes";
import { useOrdersCreateSampleMutation } from "../api/openSample";
import { OrderSkeleton } from "../components/OrderSkeleton";

/** Opens the order with the sample documents, and leads to it. The first page and the empty list of orders link here. */
export default function SamplesPage() {
  const { t } = useTranslation("orders");
  const [openSample, { data: order, error }] = useOrdersCreateSampleMutation();
  useEffect(() => {
    void openSample();
  }, [openSample]);

  if (order) return <Navigate to={routes.order(order.id)} replace />;
  return (
    <Stack spacing={3}>
      <Title of={t("sample.title")} />
      <Typography variant="h1">{t("sample.title")}</Typography>
      {error ? <ProblemAlert problem={error} onRetry={() => void openSample()} /> : <OrderSkeleton />}
    </Stack>
  );
}
