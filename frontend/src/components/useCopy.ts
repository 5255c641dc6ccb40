import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "./announce";

export type CopyOutcome = "copied" | "copyFailed";

/** Copies text to the clipboard and announces whether it did: the browser may refuse. `outcome`: of the last time. */
export function useCopy() {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);

  async function copy(text: string) {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    const result = isCopied ? "copied" : "copyFailed";
    setOutcome(result);
    announce(t(result));
  }

  return { outcome, copy: (text: string) => void copy(text) };
}
