import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { useAuthLogoutMutation } from "../api/logout";

export function LogoutCard() {
  const { t } = useTranslation("account");
  const [logout, { isLoading }] = useAuthLogoutMutation();
  return (
    <Panel row>
      <Muted>{t("logoutText")}</Muted>
      <Button variant="outlined" color="error" busy={isLoading} onClick={() => void logout()}>
        {t("logout")}
      </Button>
    </Panel>
  );
}
