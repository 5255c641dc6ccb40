import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { useAuthLogoutMutation } from "../api/logout";

export function LogoutCard() {
  const { t } = useTranslation("account");
  const [logout, { isLoading }] = useAuthLogoutMutation();
  return (
    <section className="card row between">
      <p className="muted">{t("logoutText")}</p>
      <Button variant="outlined" color="error" busy={isLoading} onClick={() => void logout()}>
        {t("logout")}
      </Button>
    </section>
  );
}
