import Backdrop from "@mui/material/Backdrop";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { droppedFiles } from "../uploads/droppedFiles";
import { useFileDrop } from "../useFileDrop";

/** Accepts files dropped anywhere on the page. An overlay shows while a drag with files is over the page. */
export function PageDropTarget({ onFiles }: { onFiles: (dropped: File[]) => void }) {
  const { t } = useTranslation("orders");
  const { t: tCommon } = useTranslation();
  const [unreadable, setUnreadable] = useState(false);
  const dragging = useFileDrop((transfer) => {
    setUnreadable(false);
    droppedFiles(transfer).then(onFiles, () => setUnreadable(true));
  });

  return (
    <>
      {dragging && (
        <Backdrop
          open
          sx={{
            inset: 12,
            zIndex: "modal",
            border: "3px dashed",
            borderColor: "evidence.main",
            borderRadius: "20px",
            bgcolor: "color-mix(in srgb, var(--mui-palette-background-default) 88%, transparent)",
            typography: "h1",
            pointerEvents: "none",
          }}
        >
          {t("documents.dropHere")}
        </Backdrop>
      )}
      {unreadable && (
        <Notice
          severity="error"
          action={
            <Button size="small" color="neutral" onClick={() => setUnreadable(false)}>
              {tCommon("close")}
            </Button>
          }
        >
          {t("documents.folderUnreadable")}
        </Notice>
      )}
    </>
  );
}
