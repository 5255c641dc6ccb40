import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { CopyButton } from "@/components/CopyButton";
import { Inline } from "@/components/Inline";
import { Notice } from "@/components/Notice";

/** Recovery codes, which are shown once: to be copied or written down. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation("account");
  return (
    <Stack spacing={2}>
      <Notice severity="warning">{t("factor.codesText")}</Notice>
      <ul aria-label={t("factor.codes")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Inline>
        <CopyButton text={codes.join("\n")} />
        <Button color="neutral" onClick={onClose}>
          {t("factor.stored")}
        </Button>
      </Inline>
    </Stack>
  );
}
