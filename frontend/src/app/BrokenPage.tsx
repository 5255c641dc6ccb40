import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Title } from "@/components/Title";

/** Shown instead of a page that threw an error, or whose code could not be loaded. */
export function BrokenPage() {
  const { t } = useTranslation();
  const title = t(navigator.onLine ? "broken.title" : "offline.title");
  return (
    <div className="notice-page stack" role="alert">
      <Title of={title} />
      <h1>{title}</h1>
      <p className="muted">{t(navigator.onLine ? "broken.text" : "offline.text")}</p>
      <div>
        <Button variant="contained" onClick={() => window.location.reload()}>
          {t("reload")}
        </Button>
      </div>
    </div>
  );
}
