import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";

/** Leads to the archive of everything that is stored of the customer. */
export function ExportLinkCard() {
  const { t } = useTranslation("account");
  return (
    <section className="card row between">
      <p className="muted">{t("exportText")}</p>
      <TextLink to={routes.export}>{t("export")}</TextLink>
    </section>
  );
}
