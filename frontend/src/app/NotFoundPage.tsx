import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { Title } from "@/components/Title";
import { routes } from "@/lib/routes";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <div className="notice-page stack">
      <Title of={t("notFound.title")} />
      <h1>{t("notFound.title")}</h1>
      <p className="muted">{t("notFound.text")}</p>
      <div>
        <ButtonLink to={routes.orders} variant="contained">
          {t("toOrders")}
        </ButtonLink>
      </div>
    </div>
  );
}
