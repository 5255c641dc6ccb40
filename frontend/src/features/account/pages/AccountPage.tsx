import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Title } from "@/components/Title";
import { useIdentity } from "@/components/useIdentity";
import { ApiKeysCard } from "../components/ApiKeysCard";
import { ChangeEmailCard } from "../components/ChangeEmailCard";
import { DeleteAccountCard } from "../components/DeleteAccountCard";
import { ExportLinkCard } from "../components/ExportLinkCard";
import { LogoutCard } from "../components/LogoutCard";
import { PasskeysCard } from "../components/PasskeysCard";
import { PasswordCard } from "../components/PasswordCard";
import { PreferencesCard } from "../components/PreferencesCard";
import { ProfileCard } from "../components/ProfileCard";
import { SecondFactorCard } from "../components/SecondFactorCard";
import { SessionsCard } from "../components/SessionsCard";

export default function AccountPage() {
  const { t } = useTranslation("account");
  const hasOwnSessions = useIdentity() !== "gateway";
  return (
    <Stack spacing={3} sx={{ maxWidth: 680, mx: "auto" }}>
      <Title of={t("title")} />
      <Typography variant="h1">{t("title")}</Typography>
      <ProfileCard />
      {hasOwnSessions && <ChangeEmailCard />}
      {hasOwnSessions && <PasswordCard />}
      {hasOwnSessions && <PasskeysCard />}
      {hasOwnSessions && <SecondFactorCard />}
      <PreferencesCard />
      {hasOwnSessions && <SessionsCard />}
      {hasOwnSessions && <ExportLinkCard />}
      {hasOwnSessions && <ApiKeysCard />}
      <LogoutCard />
      {hasOwnSessions && <DeleteAccountCard />}
    </Stack>
  );
}
