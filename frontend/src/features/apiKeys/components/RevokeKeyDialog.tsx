import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { ApiKeyResponse } from "@/lib/api/client.generated";
import { useApiKeysRevokeMutation } from "../api/revokeKey";

interface Props {
  apiKey: ApiKeyResponse;
  onClose: () => void;
  onRevoked: () => void;
}

/** Revokes a key, after a question that says what stops. */
export function RevokeKeyDialog({ apiKey, onClose, onRevoked }: Props) {
  const { t } = useTranslation("apiKeys");
  const [revoke, { isLoading, error }] = useApiKeysRevokeMutation();

  async function confirm() {
    const { data } = await revoke({ keyId: apiKey.id });
    if (data) onRevoked();
  }

  return (
    <Modal
      title={t("confirm.title", { name: apiKey.name })}
      onClose={onClose}
      actions={
        <>
          <Button color="neutral" onClick={onClose} autoFocus>
            {t("confirm.keep")}
          </Button>
          <Button variant="contained" color="error" busy={isLoading} onClick={() => void confirm()}>
            {t("revoke")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <Typography>{t("confirm.text")}</Typography>
        <ProblemAlert problem={error} />
      </Stack>
    </Modal>
  );
}
