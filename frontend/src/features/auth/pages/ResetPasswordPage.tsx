import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { EntryPage, Way } from "../components/EntryPage";
import { resetPassword } from "../enter";

export default function ResetPasswordPage() {
  const { t } = useTranslation("auth");
  const [params] = useSearchParams();
  const [done, setDone] = useState(false);
  const token = params.get("token");

  async function send({ password = "" }: Record<string, string>) {
    await resetPassword(token ?? "", password);
    setDone(true);
  }

  return (
    <EntryPage
      title={t("reset.title")}
      instead={
        done
          ? { tone: "good", text: t("reset.done") }
          : token
            ? null
            : { tone: "warning", text: t("reset.noToken") }
      }
      fields={[
        {
          name: "password",
          type: "password",
          label: t("reset.password"),
          autoComplete: "new-password",
          hint: t("register.passwordHint"),
          maxLength: 128,
          required: true,
        },
      ]}
      submit={t("reset.submit")}
      send={send}
      after={<Way to="/login">{t("back")}</Way>}
    />
  );
}
