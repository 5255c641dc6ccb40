import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "./announce";
import { Button } from "./Button";

/** Copies a text, and says whether it did: the browser may refuse. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const [label, setLabel] = useState<"copy" | "copied" | "copyFailed">("copy");

  async function copy() {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    const outcome = isCopied ? "copied" : "copyFailed";
    setLabel(outcome);
    announce(t(outcome));
  }

  return (
    <Button variant="outlined" onClick={() => void copy()}>
      {t(label)}
    </Button>
  );
}
