import { useTranslation } from "react-i18next";
import { Field } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
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
    <FormDialog
      title={t("documents.renameName", { name: documentName(document) })}
      onClose={onClose}
      submitLabel={t("documents.renameSave")}
      form={form}
    >
      <Field
        {...form.field("title")}
        label={t("documents.name")}
        hint={t("documents.nameHint", { filename: document.filename })}
        autoFocus
      />
    </FormDialog>
  );
}
