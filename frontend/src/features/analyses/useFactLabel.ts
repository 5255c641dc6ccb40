import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** Returns the label of a fact name in the current language. An unknown name is shown in plain words. */
export function useFactLabel(): (name: string) => string {
  const { t, i18n } = useTranslation("analysis");
  return useCallback(
    (name) =>
      i18n.exists(`analysis:facts.${name}`)
        ? t(`facts.${name}` as "facts.total")
        : name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " "),
    [t, i18n],
  );
}
