import { useTranslation } from "react-i18next";

/** Returns the name of a kind of document in the current language. An unknown kind is a document. */
export function useKindName(): (kind: string | null) => string {
  const { t, i18n } = useTranslation("analysis");
  return (kind) =>
    t(`kinds.${kind && i18n.exists(`analysis:kinds.${kind}`) ? kind : "other"}` as "kinds.other");
}
