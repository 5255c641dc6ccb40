import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import type { CreatedApiKeyResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";
import { useApiKeysListQuery } from "../api/listKeys";
import { ApiKeyList } from "../components/ApiKeyList";
import { CreateKeyDialog } from "../components/CreateKeyDialog";
import { NewKeyCard } from "../components/NewKeyCard";

/** The keys with which programs use the account. */
export default function ApiKeysPage() {
  const { t } = useTranslation("apiKeys");
  const { data: keys, error, isLoading, refetch } = useApiKeysListQuery();
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedApiKeyResponse | null>(null);
  const [revoked, setRevoked] = useState<string | null>(null);

  function begin() {
    setRevoked(null);
    setCreating(true);
  }

  return (
    <Stack spacing={3} sx={{ maxWidth: 680, mx: "auto" }}>
      <Title of={t("title")} />
      <Stack spacing={0.75}>
        <TextLink to={routes.account}>{t("back")}</TextLink>
        <Typography variant="h1">{t("title")}</Typography>
        <Muted>{t("text")}</Muted>
      </Stack>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {revoked !== null && <Notice severity="success">{t("revoked", { name: revoked })}</Notice>}
      {created && <NewKeyCard created={created} onClose={() => setCreated(null)} />}
      {isLoading && <Skeleton height={160} role="status" aria-label={t("loading")} />}
      {keys && (
        <Panel aria-labelledby="api-keys">
          <Inline between>
            <Typography variant="h2" id="api-keys">
              {t("list")}
            </Typography>
            <Button variant="outlined" onClick={begin}>
              {t("create.begin")}
            </Button>
          </Inline>
          <ApiKeyList keys={keys} onRevoked={setRevoked} />
        </Panel>
      )}
      {isCreating && (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onCreated={(key) => {
            setCreating(false);
            setCreated(key);
          }}
        />
      )}
    </Stack>
  );
}
