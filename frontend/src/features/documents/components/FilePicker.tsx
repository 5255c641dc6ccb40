import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ChangeEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { useShortcut } from "@/components/shortcuts";
import { formatFileDate } from "@/lib/format";
import { ACCEPT, LIMITS } from "../uploads/fileRules";

/** The box with the upload limits and the buttons that select files or a folder, or take a photo. */
export function FilePicker({ onFiles }: { onFiles: (selected: File[]) => void }) {
  const { t } = useTranslation("orders");
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement | null>(null);
  const cameraInput = useRef<HTMLInputElement>(null);

  function handleChange(event: ChangeEvent<HTMLInputElement>) {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = "";
  }

  function handlePhoto(event: ChangeEvent<HTMLInputElement>) {
    const date = formatFileDate(new Date());
    // Telephones name each photo alike.
    onFiles(
      [...(event.target.files ?? [])].map((photo) => renamed(photo, t("documents.photoName", { date }))),
    );
    event.target.value = "";
  }

  useShortcut("u", t("documents.choose"), () => fileInput.current?.click());

  return (
    <Stack
      spacing={1}
      className="no-print"
      sx={{
        border: "2px dashed",
        borderColor: "divider",
        borderRadius: "12px",
        p: 2.75,
        textAlign: "center",
      }}
    >
      <Typography className="mouse-only">{t("documents.drop")}</Typography>
      <Muted small>{t("documents.limits", LIMITS)}</Muted>
      <Inline sx={{ justifyContent: "center" }}>
        <Button
          variant="outlined"
          startIcon={<Icon name="upload" />}
          onClick={() => fileInput.current?.click()}
        >
          {t("documents.choose")}
        </Button>
        <Box component="span" sx={{ "@media not (pointer: coarse)": { display: "none" } }}>
          <Button onClick={() => cameraInput.current?.click()}>{t("documents.photo")}</Button>
        </Box>
        <span className="mouse-only">
          <Button onClick={() => folderInput.current?.click()}>{t("documents.chooseFolder")}</Button>
        </span>
      </Inline>
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
        ref={cameraInput}
        hidden
        type="file"
        accept="image/*"
        capture="environment"
        aria-label={t("documents.photo")}
        data-testid="camera"
        onChange={handlePhoto}
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
    </Stack>
  );
}

/** The same file under another name, with the extension that it had. */
function renamed(file: File, name: string): File {
  const dot = file.name.lastIndexOf(".");
  return new File([file], name + (dot >= 0 ? file.name.slice(dot) : ""), { type: file.type });
}
