import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { Muted } from "@/components/Muted";
import { NoticePage } from "@/components/NoticePage";
import { Title } from "@/components/Title";
import { routes } from "@/lib/routes";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <NoticePage>
      <Title of={t("notFound.title")} />
      <Typography variant="h1">{t("notFound.title")}</Typography>
      <Muted>{t("notFound.text")}</Muted>
      <div>
        <ButtonLink to={routes.orders} variant="contained">
          {t("toOrders")}
        </ButtonLink>
      </div>
    </NoticePage>
  );
}
