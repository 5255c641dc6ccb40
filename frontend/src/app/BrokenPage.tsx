import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { NoticePage } from "@/components/NoticePage";
import { Title } from "@/components/Title";

/** Shown instead of a page that threw an error, or whose code could not be loaded. */
export function BrokenPage() {
  const { t } = useTranslation();
  const title = t(navigator.onLine ? "broken.title" : "offline.title");
  return (
    <NoticePage role="alert">
      <Title of={title} />
      <Typography variant="h1">{title}</Typography>
      <Muted>{t(navigator.onLine ? "broken.text" : "offline.text")}</Muted>
      <div>
        <Button variant="contained" onClick={() => window.location.reload()}>
          {t("reload")}
        </Button>
      </div>
    </NoticePage>
  );
}
