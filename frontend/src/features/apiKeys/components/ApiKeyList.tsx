import { useTranslation } from "react-i18next";
import type { ApiKeyResponse } from "@/lib/api/client.generated";
import { ApiKeyRow } from "./ApiKeyRow";

interface Props {
  keys: ApiKeyResponse[];
  onRevoked: (name: string) => void;
}

export function ApiKeyList({ keys, onRevoked }: Props) {
  const { t } = useTranslation("apiKeys");
  if (keys.length === 0) return <p className="muted">{t("empty")}</p>;
  return (
    <ul className="stack loose plain-list">
      {keys.map((key) => (
        <ApiKeyRow key={key.id} apiKey={key} onRevoked={() => onRevoked(key.name)} />
      ))}
    </ul>
  );
}
