import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { CopyButton } from "@/components/CopyButton";
import { Notice } from "@/components/Notice";

/** Recovery codes, which are shown once: to be copied or written down. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation("account");
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
        <CopyButton text={codes.join("\n")} />
        <Button color="neutral" onClick={onClose}>
          {t("factor.stored")}
        </Button>
      </div>
    </div>
  );
}
