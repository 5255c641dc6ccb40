import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/Badge";
import { Inline } from "@/components/Inline";

/** Shows that another document of the order has the same file. */
export function CopyNote({ filename, isCharged }: { filename: string; isCharged: boolean }) {
  const { t } = useTranslation("orders");
  return (
    <Inline component="span" spacing={1}>
      <Badge color="warning">{t("duplicate.twice")}</Badge>
      <Typography variant="body2" component="span" className="wrap">
        {t("duplicate.sameFile", { filename })} {isCharged && t("duplicate.charged")}
      </Typography>
    </Inline>
  );
}
