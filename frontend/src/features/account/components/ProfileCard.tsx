import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { DefinitionList } from "@/components/DefinitionList";
import { Field } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { formatDate } from "@/lib/format";
import { useAuthMeQuery } from "../api/getProfile";
import { useAuthUpdateMeMutation } from "../api/updateProfile";
import { VerificationNotice } from "./VerificationNotice";

/** The email address and the name, which can be changed. */
export function ProfileCard() {
  const { t } = useTranslation("account");
  const { data: me, error, refetch } = useAuthMeQuery();
  const [updateProfile, update] = useAuthUpdateMeMutation();

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fullName = String(new FormData(event.currentTarget).get("full_name"));
    void updateProfile({ updateProfileRequest: { full_name: fullName } });
  }

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
      {me && (
        <Stack spacing={2} component="form" onSubmit={save}>
          <Field
            name="full_name"
            label={t("name")}
            autoComplete="name"
            defaultValue={me.full_name ?? ""}
            maxLength={maxLengths.UpdateProfileRequest.full_name}
          />
          <ProblemAlert problem={update.error} />
          {update.isSuccess && <Notice severity="success">{t("saved")}</Notice>}
          <div>
            <Button type="submit" variant="outlined" busy={update.isLoading}>
              {t("save")}
            </Button>
          </div>
        </Stack>
      )}
    </Panel>
  );
}
