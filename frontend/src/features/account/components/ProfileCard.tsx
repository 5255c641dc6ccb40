import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { DefinitionList } from "@/components/DefinitionList";
import { Field } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useForm } from "@/components/useForm";
import { formatDate } from "@/lib/format";
import { anyText } from "@/lib/inputs";
import { useAccountGetQuery } from "../api/getProfile";
import { useAccountUpdateMutation } from "../api/updateProfile";
import { VerificationNotice } from "./VerificationNotice";

/** The email address and the name, which can be changed. */
export function ProfileCard() {
  const { t } = useTranslation("account");
  const { data: me, error, refetch } = useAccountGetQuery();
  return (
    <Panel aria-labelledby="profile">
      <Typography variant="h2" id="profile">
        {t("profile")}
      </Typography>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <DefinitionList
        items={[
          { id: "email", term: t("email"), content: me?.email ?? "…" },
          { id: "since", term: t("since"), content: me ? formatDate(me.created_at) : "…" },
        ]}
      />
      {me && !me.email_verified && <VerificationNotice />}
      {me && <NameForm name={me.full_name ?? ""} />}
    </Panel>
  );
}

const INPUTS = { full_name: anyText };

function NameForm({ name }: { name: string }) {
  const { t } = useTranslation("account");
  const [updateProfile, update] = useAccountUpdateMutation();
  const form = useForm({
    request: "UpdateProfileRequest",
    inputs: INPUTS,
    defaultValues: { full_name: name },
    asks: true,
    submit: (updateProfileRequest) => updateProfile({ updateProfileRequest }).unwrap(),
  });
  return (
    <Stack spacing={2} component="form" {...form.props}>
      <Field {...form.field("full_name")} label={t("name")} autoComplete="name" />
      <ProblemAlert problem={form.problem} />
      {update.isSuccess && <Notice severity="success">{t("saved")}</Notice>}
      <div>
        <Button type="submit" variant="outlined" busy={form.busy}>
          {t("save")}
        </Button>
      </div>
    </Stack>
  );
}
