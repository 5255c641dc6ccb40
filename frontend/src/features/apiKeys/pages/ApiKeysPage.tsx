import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import type { CreatedApiKeyResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";
import { useAuthListKeysQuery } from "../api/listKeys";
import { ApiKeyList } from "../components/ApiKeyList";
import { CreateKeyDialog } from "../components/CreateKeyDialog";
import { NewKeyCard } from "../components/NewKeyCard";

/** The keys with which programs use the account. */
export default function ApiKeysPage() {
  const { t } = useTranslation("apiKeys");
  const { data: keys, error, isLoading, refetch } = useAuthListKeysQuery();
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedApiKeyResponse | null>(null);
  const [revoked, setRevoked] = useState<string | null>(null);

  function begin() {
    setRevoked(null);
    setCreating(true);
  }

  return (
    <div className="stack loose narrow">
      <Title of={t("title")} />
      <div className="stack tight">
        <TextLink to={routes.account}>{t("back")}</TextLink>
        <h1>{t("title")}</h1>
        <p className="muted">{t("text")}</p>
      </div>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {revoked !== null && <Notice severity="success">{t("revoked", { name: revoked })}</Notice>}
      {created && <NewKeyCard created={created} onClose={() => setCreated(null)} />}
      {isLoading && <div className="card skeleton text-line" role="status" aria-label={t("loading")} />}
      {keys && (
        <section className="card stack" aria-labelledby="api-keys">
          <div className="row between">
            <h2 id="api-keys">{t("list")}</h2>
            <Button variant="outlined" onClick={begin}>
              {t("create.begin")}
            </Button>
          </div>
          <ApiKeyList keys={keys} onRevoked={setRevoked} />
        </section>
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
    </div>
  );
}
