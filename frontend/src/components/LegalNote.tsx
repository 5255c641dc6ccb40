import Link from "@mui/material/Link";
import type { ReactElement } from "react";
import { Trans, useTranslation } from "react-i18next";
import { type FrontPage, pathOf } from "@/front/pages";
import { Muted } from "./Muted";

interface Props {
  /** What the note is about: the account that is created, or the payment. */
  about: "account" | "payment";
}

/** Which terms hold for what the reader is about to do. The links open a tab, so that no input is lost. */
export function LegalNote({ about }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "de" ? "de" : "en";
  const link = (page: FrontPage): ReactElement => (
    <Link href={pathOf(page, language)} target="_blank" rel="noopener" />
  );
  return (
    <Muted small>
      <Trans
        t={t}
        i18nKey={`legal.note.${about}`}
        components={{ terms: link("terms"), privacy: link("privacy"), refunds: link("refunds") }}
      />
    </Muted>
  );
}
