import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";

/** Leads to the keys with which programs use the account. */
export function ApiKeysCard() {
  const { t } = useTranslation("account");
  return (
    <section className="card row between">
      <p className="muted">{t("apiKeysText")}</p>
      <TextLink to={routes.apiKeys}>{t("apiKeys")}</TextLink>
    </section>
  );
}
