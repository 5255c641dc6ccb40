import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
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
    <section className="card stack" aria-labelledby="profile">
      <h2 id="profile">{t("profile")}</h2>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <dl className="keys">
        <dt className="muted">{t("email")}</dt>
        <dd className="wrap">{me?.email ?? "…"}</dd>
        <dt className="muted">{t("since")}</dt>
        <dd>{me ? formatDate(me.created_at) : "…"}</dd>
      </dl>
      {me && !me.email_verified && <VerificationNotice />}
      {me && (
        <form className="stack" onSubmit={save}>
          <Field
            name="full_name"
            label={t("name")}
            autoComplete="name"
            defaultValue={me.full_name ?? ""}
            maxLength={200}
          />
          <ProblemAlert problem={update.error} />
          {update.isSuccess && <Notice severity="success">{t("saved")}</Notice>}
          <div>
            <Button type="submit" variant="outlined" busy={update.isLoading}>
              {t("save")}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
