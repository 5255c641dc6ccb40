import { useTranslation } from "react-i18next";
import { PasskeyButton } from "@/components/PasskeyButton";
import { loginWithPasskey } from "../api/loginWithPasskey";

/** Signs in by a passkey, without the form. */
export function PasskeyLogin() {
  const { t } = useTranslation("auth");
  return <PasskeyButton onPress={loginWithPasskey}>{t("login.passkey")}</PasskeyButton>;
}
