import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";

/** Leads to the archive of everything that is stored of the customer. */
export function ExportLinkCard() {
  const { t } = useTranslation("account");
  return (
    <Panel row>
      <Muted>{t("exportText")}</Muted>
      <TextLink to={routes.export}>{t("export")}</TextLink>
    </Panel>
  );
}
