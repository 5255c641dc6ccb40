import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useLatest } from "@/lib/useLatest";
import { Button } from "./Button";
import type { ButtonStyle } from "./buttonStyle";
import { useCopy } from "./useCopy";

interface Props extends Pick<ButtonStyle, "size" | "variant"> {
  text: string;
  /** Its name, where "Copy" does not say what. */
  label?: string;
}

/** Copies a text, and says whether it did until it has another text. */
export function CopyButton({ text, label, size = "medium", variant = "outlined" }: Props) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const latest = useLatest(text);
  const handleClick = useCallback(() => void copy(latest.current), [copy, latest]);
  return (
    <Button variant={variant} size={size} onClick={handleClick}>
      {copied?.text === text ? t(copied.outcome) : (label ?? t("copy"))}
    </Button>
  );
}
