import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/Button";
import { Title } from "@/components/Title";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <div className="notice-page stack">
      <Title of={t("notFound.title")} />
      <h1>{t("notFound.title")}</h1>
      <p className="soft">{t("notFound.text")}</p>
      <div>
        <ButtonLink to="/orders" look="filled">
          {t("toOrders")}
        </ButtonLink>
      </div>
    </div>
  );
}
