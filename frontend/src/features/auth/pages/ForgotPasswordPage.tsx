import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/lib/api/problem";
import { EntryPage, Way } from "../components/EntryPage";
import { forgotPassword } from "../enter";

export default function ForgotPasswordPage() {
  const { t } = useTranslation("auth");
  const [outcome, setOutcome] = useState<"sent" | "missing" | null>(null);

  async function send({ email = "" }: Record<string, string>) {
    try {
      await forgotPassword(email);
      setOutcome("sent");
    } catch (problem) {
      if (!isProblem(problem) || problem.status !== 404) throw problem;
      setOutcome("missing");
    }
  }

  return (
    <EntryPage
      title={t("forgot.title")}
      intro={t("forgot.intro")}
      instead={outcome && { tone: outcome === "sent" ? "good" : "warning", text: t(`forgot.${outcome}`) }}
      fields={[{ name: "email", type: "email", label: t("email"), autoComplete: "username", required: true }]}
      submit={t("forgot.submit")}
      send={send}
      after={<Way to="/login">{t("back")}</Way>}
    />
  );
}
