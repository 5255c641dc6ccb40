import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";
import { useCopy } from "./useCopy";

interface Props {
  /** Its name. */
  label: string;
  /** What it copies; called at the click. */
  text: () => string;
}

/** A small button that copies. A table has one in each row, so that it is a plain element with styles of `site.css`. */
export function CopyIconButton({ label, text }: Props) {
  const { t } = useTranslation();
  const { outcome, copy } = useCopy();
  return (
    <button
      type="button"
      className="copy"
      aria-label={label}
      title={outcome ? t(outcome) : label}
      onClick={() => copy(text())}
    >
      <Icon name={outcome === "copied" ? "success" : outcome === "copyFailed" ? "error" : "copy"} />
    </button>
  );
}
