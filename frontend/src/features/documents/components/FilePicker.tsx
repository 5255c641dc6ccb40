import { type ChangeEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { useShortcut } from "@/components/shortcuts";
import { ACCEPT, LIMITS } from "../uploads/fileRules";

/** The box with the upload limits and the buttons that select files or a folder. */
export function FilePicker({ onFiles }: { onFiles: (selected: File[]) => void }) {
  const { t } = useTranslation("orders");
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement | null>(null);

  function handleChange(event: ChangeEvent<HTMLInputElement>) {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = "";
  }

  useShortcut("u", t("documents.choose"), () => fileInput.current?.click());

  return (
    <div className="dropzone stack tight">
      <p className="mouse-only">{t("documents.drop")}</p>
      <p className="muted small">{t("documents.limits", LIMITS)}</p>
      <div className="row middle">
        <Button variant="outlined" icon={<Icon name="upload" />} onClick={() => fileInput.current?.click()}>
          {t("documents.choose")}
        </Button>
        <Button className="mouse-only" onClick={() => folderInput.current?.click()}>
          {t("documents.chooseFolder")}
        </Button>
      </div>
      <input
        ref={fileInput}
        hidden
        multiple
        type="file"
        accept={ACCEPT}
        aria-label={t("documents.choose")}
        data-testid="files"
        onChange={handleChange}
      />
      <input
        ref={(element) => {
          folderInput.current = element;
          if (element) element.webkitdirectory = true;
        }}
        hidden
        multiple
        type="file"
        aria-label={t("documents.chooseFolder")}
        data-testid="folder"
        onChange={handleChange}
      />
    </div>
  );
}
