import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";
import { confirmEmail } from "../api/confirmEmail";
import { LinkPage } from "../components/LinkPage";

export default function ConfirmEmailPage() {
  const { t } = useTranslation("auth");
  return (
    <LinkPage
      title={t("confirm.title")}
      intro={t("confirm.intro")}
      passwordIntro={t("confirm.passwordIntro")}
      submitLabel={t("confirm.submit")}
      submit={confirmEmail}
      success={(confirmed) => t(`confirm.${confirmed}`)}
      footer={<TextLink to={routes.account}>{t("verify.toAccount")}</TextLink>}
    />
  );
}
