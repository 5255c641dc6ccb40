import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ChangeEvent, useRef, useState } from "react";
import { useDropzone } from "react-dropzone";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { useShortcut } from "@/components/shortcuts";
import { formatFileDate } from "@/lib/format";
import { ACCEPT, LIMITS } from "../uploads/fileRules";
import { type FileEvent, selectedFiles } from "../uploads/selectedFiles";
import { DropOverlay } from "./DropOverlay";
import { UnreadableNotice } from "./UnreadableNotice";

/** A telephone has neither dragging nor folders. */
const WITH_MOUSE = { "@media (hover: none)": { display: "none" } };

/**
 * The box with the upload limits and the buttons that select files or a folder, or take a photo. Files can also be
 * dropped anywhere on the page.
 */
export function FilePicker({ onFiles }: { onFiles: (selected: File[]) => void }) {
  const { t } = useTranslation("orders");
  const [isUnreadable, setUnreadable] = useState(false);
  const folderInput = useRef<HTMLInputElement | null>(null);
  const cameraInput = useRef<HTMLInputElement>(null);

  // The library would forget the files of a drop when another follows before they are read, so they are not left to
  // its `onDrop`.
  async function addFiles(event: FileEvent) {
    setUnreadable(false);
    await selectedFiles(event).then(onFiles, () => setUnreadable(true));
    return [];
  }

  const dropzone = useDropzone({
    getFilesFromEvent: addFiles,
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    // Text can still be dragged into fields.
    preventDropOnDocument: false,
  });

  async function addPhotos(event: ChangeEvent<HTMLInputElement>) {
    const name = t("documents.photoName", { date: formatFileDate(new Date()) });
    // Telephones name each photo alike.
    onFiles((await selectedFiles(event)).map((photo) => renamed(photo, name)));
  }

  useShortcut("u", t("documents.choose"), dropzone.open);

  return (
    <>
      {dropzone.isDragGlobal && <DropOverlay {...dropzone.getRootProps()} />}
      {isUnreadable && <UnreadableNotice onClose={() => setUnreadable(false)} />}
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
        <Typography sx={WITH_MOUSE}>{t("documents.drop")}</Typography>
        <Muted small>{t("documents.limits", LIMITS)}</Muted>
        <Inline sx={{ justifyContent: "center" }}>
          <Button variant="outlined" startIcon={<Icon name="upload" />} onClick={dropzone.open}>
            {t("documents.choose")}
          </Button>
          <Box component="span" sx={{ "@media not (pointer: coarse)": { display: "none" } }}>
            <Button onClick={() => cameraInput.current?.click()}>{t("documents.photo")}</Button>
          </Box>
          <Box component="span" sx={WITH_MOUSE}>
            <Button onClick={() => folderInput.current?.click()}>{t("documents.chooseFolder")}</Button>
          </Box>
        </Inline>
        <input
          {...dropzone.getInputProps({
            accept: ACCEPT,
            "aria-label": t("documents.choose"),
            hidden: true,
            style: undefined,
          })}
          data-testid="files"
        />
        <input
          ref={cameraInput}
          hidden
          type="file"
          accept="image/*"
          capture="environment"
          aria-label={t("documents.photo")}
          data-testid="camera"
          onChange={addPhotos}
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
          onChange={addFiles}
        />
      </Stack>
    </>
  );
}

/** The same file under another name, with the extension that it had. */
function renamed(file: File, name: string): File {
  const dot = file.name.lastIndexOf(".");
  return new File([file], name + (dot >= 0 ? file.name.slice(dot) : ""), { type: file.type });
}
