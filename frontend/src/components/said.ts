import { useTranslation } from "react-i18next";

/**
 * A sentence of the service's own, in the reader's language where it is one that is known here, and in the service's
 * words otherwise: a reason is never withheld because nobody has translated it.
 */
export function useSaid(): (sentence: string) => string {
  const { t } = useTranslation("said");
  const translated = t as unknown as (key: string, options: object) => string;
  return (sentence) =>
    translated(sentence, { keySeparator: false, nsSeparator: false, defaultValue: sentence });
}
