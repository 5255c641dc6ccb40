import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "./announce";

export type CopyOutcome = "copied" | "copyFailed";

interface Copied {
  text: string;
  outcome: CopyOutcome;
}

/** Copies text to the clipboard and announces whether it did: the browser may refuse. `copied`: the last text. */
export function useCopy() {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<Copied | null>(null);

  const copy = useCallback(
    async (text: string) => {
      const isCopied = await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      );
      const outcome = isCopied ? "copied" : "copyFailed";
      setCopied({ text, outcome });
      announce(t(outcome));
    },
    [t],
  );

  return { copied, copy };
}
