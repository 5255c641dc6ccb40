import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { droppedFiles } from "../uploads/droppedFiles";

/** The whole page takes files; it says so only while a drag that holds files is over it. */
export function PageDropTarget({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  const [over, setOver] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });

  useEffect(() => {
    // Every element under the pointer is entered and left; the drag has left the page when all are.
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const hover = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (!event.dataTransfer) return;
      setUnreadable(false);
      droppedFiles(event.dataTransfer).then(
        (files) => latest.current(files),
        () => setUnreadable(true),
      );
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragover", hover);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragover", hover);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);

  return (
    <>
      {over && <div className="drop-overlay">{t("documents.dropHere")}</div>}
      {unreadable && (
        <Notice
          severity="error"
          action={
            <Button size="small" color="neutral" onClick={() => setUnreadable(false)}>
              {common("close")}
            </Button>
          }
        >
          {t("documents.folderUnreadable")}
        </Notice>
      )}
    </>
  );
}
