import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";

/** Leads to the keys with which programs use the account. */
export function ApiKeysCard() {
  const { t } = useTranslation("account");
  return (
    <Panel row>
      <Muted>{t("apiKeysText")}</Muted>
      <TextLink to={routes.apiKeys}>{t("apiKeys")}</TextLink>
    </Panel>
  );
}
