import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";
import { verifyEmail } from "../api/verifyEmail";
import { LinkPage } from "../components/LinkPage";

export default function VerifyEmailPage() {
  const { t } = useTranslation("auth");
  return (
    <LinkPage
      title={t("verify.title")}
      intro={t("verify.intro")}
      passwordIntro={t("verify.passwordIntro")}
      submitLabel={t("verify.submit")}
      submit={verifyEmail}
      success={() => t("verify.success")}
      footer={<TextLink to={routes.account}>{t("verify.toAccount")}</TextLink>}
    />
  );
}
