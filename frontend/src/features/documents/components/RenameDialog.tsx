import Stack from "@mui/material/Stack";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { DocumentResponse } from "@/lib/api/client.generated";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { isProblem } from "@/lib/api/problem";
import { documentName } from "@/lib/documentName";
import { useRenameDocumentMutation } from "../api/renameDocument";

interface Props {
  document: DocumentResponse;
  onClose: () => void;
  onRenamed: (document: DocumentResponse) => void;
}

/** Asks what a document is to be called. An empty name calls it after its file again. */
export default function RenameDialog({ document, onClose, onRenamed }: Props) {
  const { t } = useTranslation("orders");
  const codeMessage = useCodeMessage();
  const [rename, { isLoading, error }] = useRenameDocumentMutation();
  const reason = isProblem(error) ? error.fields.title : undefined;

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isLoading) return;
    const title = String(new FormData(event.currentTarget).get("title")).trim() || null;
    const { id: documentId, title_etag: etag } = document;
    const { data } = await rename({ documentId, etag, title });
    if (data) onRenamed(data);
  }

  return (
    <Modal
      title={t("documents.renameName", { name: documentName(document) })}
      onClose={onClose}
      onSubmit={(event) => void save(event)}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {t("documents.renameCancel")}
          </Button>
          <Button type="submit" variant="contained" busy={isLoading}>
            {t("documents.renameSave")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <ProblemAlert problem={reason ? undefined : error} />
        <Field
          name="title"
          label={t("documents.name")}
          hint={t("documents.nameHint", { filename: document.filename })}
          defaultValue={documentName(document)}
          error={reason && codeMessage("field", reason)}
          maxLength={maxLengths.RenameDocumentRequest.title}
          autoFocus
        />
      </Stack>
    </Modal>
  );
}
