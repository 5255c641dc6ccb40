import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";

/** Recovery codes, which are shown once: to be copied or written down. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation("account");
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(codes.join("\n"));
    setCopied(true);
  }

  return (
    <div className="stack">
      <Notice severity="warning">{t("factor.codesText")}</Notice>
      <ul aria-label={t("factor.codes")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button variant="outlined" onClick={() => void copy()}>
          {t("factor.copy")}
        </Button>
        <Button color="neutral" onClick={onClose}>
          {t("factor.stored")}
        </Button>
      </div>
      {isCopied && <Notice severity="success">{t("factor.copied")}</Notice>}
    </div>
  );
}
