import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import { useColorScheme } from "@mui/material/styles";
import Typography from "@mui/material/Typography";
import { type FormEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { useAuthLogoutMutation, useAuthMeQuery, useAuthUpdateMeMutation } from "@/features/auth/api";
import { day } from "@/lib/format";
import { LANGUAGES, type Language, speak } from "@/lib/i18n";

export default function AccountPage() {
  const { t, i18n } = useTranslation("account");
  const { mode, setMode } = useColorScheme();
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
      <Typography variant="h1">{t("title")}</Typography>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <Paper component="section" className="card stack" aria-labelledby="profile">
        <Typography variant="h2" id="profile">
          {t("profile")}
        </Typography>
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
            {renaming.isSuccess && <Alert severity="success">{t("saved")}</Alert>}
            <div>
              <Button type="submit" variant="outlined" loading={renaming.isLoading}>
                {t("save")}
              </Button>
            </div>
          </form>
        )}
      </Paper>
      <Paper component="section" className="card stack" aria-labelledby="looks">
        <Typography variant="h2" id="looks">
          {t("looks")}
        </Typography>
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
            value={mode ?? "system"}
            onChange={(event) => setMode(event.target.value as "system" | "light" | "dark")}
          >
            {(["system", "light", "dark"] as const).map((choice) => (
              <option key={choice} value={choice}>
                {t(`schemes.${choice}`)}
              </option>
            ))}
          </select>
        </div>
      </Paper>
      <Paper component="section" className="card row between">
        <p className="soft">{t("logoutText")}</p>
        <Button variant="outlined" color="error" loading={leaving.isLoading} onClick={() => void logout()}>
          {t("logout")}
        </Button>
      </Paper>
    </div>
  );
}
