import Typography from "@mui/material/Typography";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import type { DocumentResponse } from "@/lib/api/client.generated";
import { ACCEPT } from "../uploads/fileRules";
import { sha256 } from "../uploads/hash";
import { useUploader } from "../uploads/UploaderContext";

/** Resumes an interrupted upload: the user selects the same file again. */
export function ResumeUpload({ document }: { document: DocumentResponse }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const input = useRef<HTMLInputElement>(null);
  const [isOtherFile, setIsOtherFile] = useState(false);

  async function handleFile(file: File | undefined) {
    if (!file) return;
    // If the digest cannot be computed, the upload itself reports why.
    const digest = document.sha256 && (await sha256(file).catch(() => document.sha256));
    const isSameFile = file.size === document.size && digest === document.sha256;
    setIsOtherFile(!isSameFile);
    if (isSameFile) uploader.resume(document.order_id, document.id, file);
  }

  return (
    <Inline>
      <Typography variant="body2" component="span" color={isOtherFile ? "error" : "textSecondary"}>
        {t(isOtherFile ? "documents.otherFile" : "documents.cutOff")}
      </Typography>
      <Button size="small" variant="outlined" onClick={() => input.current?.click()}>
        {t("documents.chooseAgain")}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept={ACCEPT}
        aria-label={t("documents.chooseAgain")}
        onChange={(event) => {
          void handleFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </Inline>
  );
}
