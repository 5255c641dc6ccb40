import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Title } from "@/components/Title";

/** A page that broke says so and offers to load anew; the shell around it keeps working. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}

function BrokenPage() {
  const { t } = useTranslation();
  const title = t(navigator.onLine ? "broken.title" : "offline.title");
  return (
    <div className="notice-page stack" role="alert">
      <Title of={title} />
      <h1>{title}</h1>
      <p className="soft">{t(navigator.onLine ? "broken.text" : "offline.text")}</p>
      <div>
        <Button look="filled" onClick={() => window.location.reload()}>
          {t("reload")}
        </Button>
      </div>
    </div>
  );
}
