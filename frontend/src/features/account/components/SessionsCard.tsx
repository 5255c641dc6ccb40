import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";

/** Leads to the list of the places where the customer is signed in. */
export function SessionsCard() {
  const { t } = useTranslation("account");
  return (
    <Panel row>
      <Muted>{t("sessionsText")}</Muted>
      <TextLink to={routes.sessions}>{t("sessions")}</TextLink>
    </Panel>
  );
}
