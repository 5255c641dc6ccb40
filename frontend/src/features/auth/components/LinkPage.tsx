import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { isProblem } from "@/lib/api/problem";
import { AuthPage } from "./AuthPage";
import { LinkPasswordForm } from "./LinkPasswordForm";

interface Props<Outcome> {
  title: string;
  intro: string;
  /** Whose password is needed where no session proves whose account it is, and who should not go on. */
  passwordIntro: string;
  submitLabel: string;
  /** Uses the link. */
  submit: (token: string, password?: string) => Promise<Outcome>;
  success: (outcome: Outcome) => ReactNode;
  /** Where a new link comes from, or where to go on after one that was used. */
  footer: ReactNode;
}

/**
 * A page that a mailed link opens. Opening it uses nothing: mail scanners open links, too. A person presses the button,
 * which sends the token. The token is the fragment of the address, so it reaches no server before. Who is not signed in
 * to the account of the link is asked for its password then: the link alone does not prove whose account it is.
 */
export function LinkPage<Outcome>({
  title,
  intro,
  passwordIntro,
  submitLabel,
  submit,
  success,
  footer,
}: Props<Outcome>) {
  const { t } = useTranslation("auth");
  const token = useLocation().hash.slice(1);
  const [outcome, setOutcome] = useState<{ value: Outcome } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [needsPassword, setNeedsPassword] = useState(false);
  const [busy, setBusy] = useState(false);

  async function use() {
    setBusy(true);
    setProblem(null);
    try {
      setOutcome({ value: await submit(token) });
    } catch (error) {
      if (isProblem(error) && error.code === "password_required") setNeedsPassword(true);
      else setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  function content() {
    if (outcome) return <Notice severity="success">{success(outcome.value)}</Notice>;
    if (!token) return <Notice severity="warning">{t("link.missing")}</Notice>;
    if (needsPassword)
      return (
        <LinkPasswordForm
          intro={passwordIntro}
          submitLabel={submitLabel}
          submit={async (password) => setOutcome({ value: await submit(token, password) })}
        />
      );
    return (
      <>
        <Muted>{intro}</Muted>
        <ProblemAlert problem={problem} />
        <Button variant="contained" busy={busy} onClick={() => void use()}>
          {submitLabel}
        </Button>
      </>
    );
  }

  return (
    <AuthPage title={title} footer={footer}>
      {content()}
    </AuthPage>
  );
}
