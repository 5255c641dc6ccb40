import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useForm } from "@/components/useForm";
import type { DocumentResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { anyText } from "@/lib/inputs";
import { useRenameDocumentMutation } from "../api/renameDocument";

const INPUTS = { title: anyText };

interface Props {
  document: DocumentResponse;
  onClose: () => void;
  onRenamed: (document: DocumentResponse) => void;
}

/** Asks what a document is to be called. An empty name calls it after its file again. */
export default function RenameDialog({ document, onClose, onRenamed }: Props) {
  const { t } = useTranslation("orders");
  const [rename] = useRenameDocumentMutation();
  const form = useForm({
    request: "RenameDocumentRequest",
    inputs: INPUTS,
    defaultValues: { title: documentName(document) },
    submit: async ({ title }) => {
      const { id: documentId, title_etag: etag } = document;
      onRenamed(await rename({ documentId, etag, title: title.trim() || null }).unwrap());
    },
  });

  return (
    <Modal
      title={t("documents.renameName", { name: documentName(document) })}
      onClose={onClose}
      form={form.props}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {t("documents.renameCancel")}
          </Button>
          <Button type="submit" variant="contained" busy={form.busy}>
            {t("documents.renameSave")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <ProblemAlert problem={form.problem} />
        <Field
          {...form.field("title")}
          label={t("documents.name")}
          hint={t("documents.nameHint", { filename: document.filename })}
          autoFocus
        />
      </Stack>
    </Modal>
  );
}
