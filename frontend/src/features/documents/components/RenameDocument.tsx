import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { IconButton } from "@/components/IconButton";
import type { DocumentResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";

const RenameDialog = lazy(() => import("./RenameDialog"));

/** The button that asks for another name of a document. It has the focus again when the dialog is closed. */
export function RenameDocument({ document }: { document: DocumentResponse }) {
  const { t } = useTranslation("orders");
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <IconButton
        icon="edit"
        label={t("documents.renameName", { name: documentName(document) })}
        onClick={() => setIsAsking(true)}
        sx={{ p: 0.5, color: "text.secondary" }}
      />
      {isAsking && (
        <Suspense fallback={null}>
          <RenameDialog
            document={document}
            onClose={() => setIsAsking(false)}
            onRenamed={(renamed) => {
              setIsAsking(false);
              announce(t("documents.renamed", { name: documentName(renamed) }));
            }}
          />
        </Suspense>
      )}
    </>
  );
}
