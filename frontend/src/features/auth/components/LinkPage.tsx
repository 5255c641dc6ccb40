import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { AuthPage } from "./AuthPage";

interface Props<Outcome> {
  title: string;
  intro: string;
  submitLabel: string;
  /** Uses the link. */
  submit: (token: string) => Promise<Outcome>;
  success: (outcome: Outcome) => ReactNode;
  /** Where a new link comes from, or where to go on after one that was used. */
  footer: ReactNode;
}

/**
 * A page that a mailed link opens. Opening it uses nothing: mail scanners open links, too. A person presses the button,
 * which sends the token. The token is the fragment of the address, so it reaches no server before.
 */
export function LinkPage<Outcome>({ title, intro, submitLabel, submit, success, footer }: Props<Outcome>) {
  const { t } = useTranslation("auth");
  const token = useLocation().hash.slice(1);
  const [outcome, setOutcome] = useState<{ value: Outcome } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function use() {
    setBusy(true);
    setProblem(null);
    try {
      setOutcome({ value: await submit(token) });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <AuthPage title={title} footer={footer}>
      {outcome ? (
        <Notice severity="success">{success(outcome.value)}</Notice>
      ) : token ? (
        <>
          <Muted>{intro}</Muted>
          <ProblemAlert problem={problem} />
          <Button variant="contained" busy={busy} onClick={() => void use()}>
            {submitLabel}
          </Button>
        </>
      ) : (
        <Notice severity="warning">{t("link.missing")}</Notice>
      )}
    </AuthPage>
  );
}
