import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { PlainList } from "@/components/PlainList";
import type { ApiKeyResponse } from "@/lib/api/client.generated";
import { ApiKeyRow } from "./ApiKeyRow";

interface Props {
  keys: ApiKeyResponse[];
  onRevoked: (name: string) => void;
}

export function ApiKeyList({ keys, onRevoked }: Props) {
  const { t } = useTranslation("apiKeys");
  if (keys.length === 0) return <Muted>{t("empty")}</Muted>;
  return (
    <PlainList spacing={3}>
      {keys.map((key) => (
        <ApiKeyRow key={key.id} apiKey={key} onRevoked={() => onRevoked(key.name)} />
      ))}
    </PlainList>
  );
}
