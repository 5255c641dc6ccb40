import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Title } from "@/components/Title";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <div className="notice-page stack">
      <Title of={t("notFound.title")} />
      <Typography variant="h1">{t("notFound.title")}</Typography>
      <p className="soft">{t("notFound.text")}</p>
      <div>
        <Button component={Link} to="/orders" variant="contained">
          {t("toOrders")}
        </Button>
      </div>
    </div>
  );
}
