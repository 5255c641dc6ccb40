import Typography from "@mui/material/Typography";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { CopyButton } from "@/components/CopyButton";
import { Inline } from "@/components/Inline";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import type { CreatedApiKeyResponse } from "@/lib/api/client.generated";

interface Props {
  created: CreatedApiKeyResponse;
  onClose: () => void;
}

/** A new key, which is shown once: to be copied into a store of secrets. */
export function NewKeyCard({ created, onClose }: Props) {
  const { t } = useTranslation("apiKeys");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Panel aria-labelledby="new-key">
      <Typography variant="h2" id="new-key" ref={heading} tabIndex={-1}>
        {t("new.title", { name: created.name })}
      </Typography>
      <Notice severity="warning">{t("new.text")}</Notice>
      <code className="wrap">{created.key}</code>
      <Inline>
        <CopyButton text={created.key} />
        <Button color="neutral" onClick={onClose}>
          {t("new.stored")}
        </Button>
      </Inline>
    </Panel>
  );
}
