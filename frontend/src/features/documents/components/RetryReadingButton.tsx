import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { useAnalysesCreateMutation } from "@/features/analyses/api/createAnalysis";
import type { DocumentResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";

/** Has an unreadable document read again: some failures are temporary. */
export function RetryReadingButton({ document }: { document: DocumentResponse }) {
  const { t } = useTranslation("orders");
  const { id, order_id } = document;
  const [createAnalysis, { data, isLoading, isSuccess }] = useAnalysesCreateMutation();
  const stillUnreadable = isSuccess && data.result.unreadable?.some(({ document_id }) => document_id === id);

  useEffect(() => {
    if (stillUnreadable) announce(t("documents.stillUnreadable"));
  }, [stillUnreadable, t]);

  if (stillUnreadable)
    return (
      <Muted small component="span">
        {t("documents.stillUnreadable")}
      </Muted>
    );
  return (
    <Button
      size="small"
      sx={{ ml: -1.5 }}
      busy={isLoading}
      onClick={() => void createAnalysis({ orderId: order_id, body: {} })}
      aria-label={t("documents.againName", { name: documentName(document) })}
    >
      {t("documents.again")}
    </Button>
  );
}
