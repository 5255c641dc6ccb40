import Backdrop from "@mui/material/Backdrop";
import type { HTMLAttributes } from "react";
import { useTranslation } from "react-i18next";

/** Covers the page while a drag with files is over it, and accepts their drop. */
export function DropOverlay(dropProps: HTMLAttributes<HTMLElement>) {
  const { t } = useTranslation("orders");
  return (
    <Backdrop
      {...dropProps}
      open
      sx={{
        p: 4,
        textAlign: "center",
        zIndex: "modal",
        bgcolor: "color-mix(in srgb, var(--mui-palette-background-default) 88%, transparent)",
        typography: "h1",
        "&::before": {
          content: '""',
          position: "absolute",
          inset: 12,
          border: "3px dashed",
          borderColor: "evidence.main",
          borderRadius: "20px",
        },
      }}
    >
      {t("documents.dropHere")}
    </Backdrop>
  );
}
