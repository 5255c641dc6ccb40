import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useLatest } from "@/lib/useLatest";
import { Button } from "./Button";
import { useCopy } from "./useCopy";

interface Props {
  text: string;
}

/** Copies a text, and says whether it did until it has another text. */
export function CopyButton({ text }: Props) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const latest = useLatest(text);
  const handleClick = useCallback(() => void copy(latest.current), [copy, latest]);
  return (
    <Button variant="outlined" onClick={handleClick}>
      {copied?.text === text ? t(copied.outcome) : t("copy")}
    </Button>
  );
}
