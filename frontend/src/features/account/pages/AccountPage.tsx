import { type FormEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { useAuthLogoutMutation, useAuthMeQuery, useAuthUpdateMeMutation } from "@/features/auth/api";
import { day } from "@/lib/format";
import { LANGUAGES, type Language, speak } from "@/lib/i18n";
import { chooseScheme, MODES, type Mode, useScheme } from "@/theme/scheme";

export default function AccountPage() {
  const { t, i18n } = useTranslation("account");
  const { mode } = useScheme();
  const { data: me, error, refetch } = useAuthMeQuery();
  const [rename, renaming] = useAuthUpdateMeMutation();
  const [logout, leaving] = useAuthLogoutMutation();
  const languageId = useId();
  const schemeId = useId();

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void rename({ renaming: { full_name: String(new FormData(event.currentTarget).get("full_name")) } });
  }

  return (
    <div className="stack loose narrow">
      <Title of={t("title")} />
      <h1>{t("title")}</h1>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <section className="card stack" aria-labelledby="profile">
        <h2 id="profile">{t("profile")}</h2>
        <dl className="keys">
          <dt className="soft">{t("email")}</dt>
          <dd className="clip">{me?.email ?? "…"}</dd>
          <dt className="soft">{t("since")}</dt>
          <dd>{me ? day(me.created_at) : "…"}</dd>
        </dl>
        {me && (
          <form className="stack" onSubmit={save}>
            <Field
              name="full_name"
              label={t("name")}
              autoComplete="name"
              defaultValue={me.full_name ?? ""}
              maxLength={200}
            />
            <ProblemAlert problem={renaming.error} />
            {renaming.isSuccess && <Notice tone="good">{t("saved")}</Notice>}
            <div>
              <Button type="submit" look="outlined" busy={renaming.isLoading}>
                {t("save")}
              </Button>
            </div>
          </form>
        )}
      </section>
      <section className="card stack" aria-labelledby="looks">
        <h2 id="looks">{t("looks")}</h2>
        <div className="row between">
          <label htmlFor={languageId}>{t("language")}</label>
          <select
            id={languageId}
            className="choice"
            value={i18n.language}
            onChange={(event) => void speak(event.target.value as Language)}
          >
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="row between">
          <label htmlFor={schemeId}>{t("scheme")}</label>
          <select
            id={schemeId}
            className="choice"
            value={mode}
            onChange={(event) => chooseScheme(event.target.value as Mode)}
          >
            {MODES.map((choice) => (
              <option key={choice} value={choice}>
                {t(`schemes.${choice}`)}
              </option>
            ))}
          </select>
        </div>
      </section>
      <section className="card row between">
        <p className="soft">{t("logoutText")}</p>
        <Button look="outlined" tone="bad" busy={leaving.isLoading} onClick={() => void logout()}>
          {t("logout")}
        </Button>
      </section>
    </div>
  );
}
