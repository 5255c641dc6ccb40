import { styled } from "@mui/material/styles";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "./Icon";
import { useCopy } from "./useCopy";

interface Props {
  /** Its name. */
  label: string;
  /** What it copies; called at the click. */
  text: () => string;
  icon?: IconName;
}

/** Without Material UI's ripple and tooltip: a table has one in each row. */
const Small = styled("button")({
  all: "unset",
  boxSizing: "border-box",
  display: "inline-grid",
  placeItems: "center",
  width: 32,
  height: 32,
  borderRadius: 8,
  color: "var(--text-secondary)",
  cursor: "pointer",
  "&:hover": { color: "var(--primary)" },
  "&:focus-visible": { outline: "3px solid var(--primary)", outlineOffset: -3 },
  "@media print": { display: "none" },
});

/** A small button that copies, and says whether it did until it has another text. */
export function CopyIconButton({ label, text, icon = "copy" }: Props) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const outcome = copied && copied.text === text() ? copied.outcome : null;
  return (
    <Small
      type="button"
      aria-label={label}
      title={outcome ? t(outcome) : label}
      onClick={() => void copy(text())}
    >
      <Icon name={outcome === "copied" ? "success" : outcome === "copyFailed" ? "error" : icon} />
    </Small>
  );
}
