import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";

/** Leads to the list of the places where the customer is signed in. */
export function SessionsCard() {
  const { t } = useTranslation("account");
  return (
    <section className="card row between">
      <p className="muted">{t("sessionsText")}</p>
      <TextLink to={routes.sessions}>{t("sessions")}</TextLink>
    </section>
  );
}
