import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { useAppDispatch } from "@/lib/appState";
import type { Language } from "@/lib/i18n";
import type { ReportChoice } from "../choices";
import { requestReport } from "../requestReport";

const ReportMenu = lazy(() => import("./ReportMenu"));

interface Props {
  orderId: string;
  /** The title of the order. */
  title: string;
}

/** The button and the menu by which the report of a paid order is downloaded. */
export function DownloadReport({ orderId, title }: Props) {
  const { t, i18n } = useTranslation("reports");
  const dispatch = useAppDispatch();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const id = useId();

  function handleChoose(choice: ReportChoice) {
    setAnchor(null);
    announce(t("requested"));
    void dispatch(requestReport({ ...choice, orderId, title, language: i18n.language as Language }));
  }

  return (
    <>
      <Button
        id={id}
        size="small"
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {t("download")}
      </Button>
      {anchor && (
        <Suspense>
          <ReportMenu
            anchor={anchor}
            labelledBy={id}
            onChoose={handleChoose}
            onClose={() => setAnchor(null)}
          />
        </Suspense>
      )}
    </>
  );
}
