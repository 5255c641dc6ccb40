import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import type { ButtonStyle } from "./buttonStyle";
import { useCopy } from "./useCopy";

interface Props extends Pick<ButtonStyle, "size" | "variant"> {
  text: string;
  /** Its name, where "Copy" does not say what. */
  label?: string;
}

/** Copies a text, and says whether it did. */
export function CopyButton({ text, label, size, variant = "outlined" }: Props) {
  const { t } = useTranslation();
  const { outcome, copy } = useCopy();
  return (
    <Button variant={variant} size={size} onClick={() => copy(text)}>
      {outcome ? t(outcome) : (label ?? t("copy"))}
    </Button>
  );
}
