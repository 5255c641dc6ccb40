import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { DownloadReport } from "@/features/reports/components/DownloadReport";

interface Props {
  orderId: string;
  /** The title of the order. */
  title: string;
}

/** The menu that downloads the report, and the button that prints the page. */
export function ExportButtons({ orderId, title }: Props) {
  const { t } = useTranslation("analysis");
  return (
    <Inline className="no-print">
      <DownloadReport orderId={orderId} title={title} />
      <Button size="small" variant="outlined" onClick={() => window.print()}>
        {t("print")}
      </Button>
    </Inline>
  );
}
