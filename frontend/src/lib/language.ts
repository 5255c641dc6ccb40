import { readStorage, storageKeys } from "./storage";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

/** The language that was chosen, or the first of the browser's that the site has. */
export function preferredLanguage(): Language {
  const tags = [readStorage(storageKeys.language) ?? "", ...navigator.languages];
  const languages = tags.map((tag) => tag.slice(0, 2));
  return languages.find((language): language is Language => language in LANGUAGES) ?? "en";
}
