import { useTranslation } from "react-i18next";
import { Title } from "@/components/Title";
import { useHasPasswords } from "@/components/useHasPasswords";
import { ApiKeysCard } from "../components/ApiKeysCard";
import { ChangeEmailCard } from "../components/ChangeEmailCard";
import { ChangePasswordCard } from "../components/ChangePasswordCard";
import { DeleteAccountCard } from "../components/DeleteAccountCard";
import { ExportLinkCard } from "../components/ExportLinkCard";
import { LogoutCard } from "../components/LogoutCard";
import { PreferencesCard } from "../components/PreferencesCard";
import { ProfileCard } from "../components/ProfileCard";
import { SecondFactorCard } from "../components/SecondFactorCard";
import { SessionsCard } from "../components/SessionsCard";

export default function AccountPage() {
  const { t } = useTranslation("account");
  const hasPasswords = useHasPasswords();
  return (
    <div className="stack loose narrow">
      <Title of={t("title")} />
      <h1>{t("title")}</h1>
      <ProfileCard />
      {hasPasswords && <ChangeEmailCard />}
      {hasPasswords && <ChangePasswordCard />}
      {hasPasswords && <SecondFactorCard />}
      <PreferencesCard />
      {hasPasswords && <SessionsCard />}
      {hasPasswords && <ExportLinkCard />}
      {hasPasswords && <ApiKeysCard />}
      <LogoutCard />
      {hasPasswords && <DeleteAccountCard />}
    </div>
  );
}
