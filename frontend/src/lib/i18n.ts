import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { LANGUAGES, type Language, preferredLanguage } from "./language";
import { storageKeys, writeStorage } from "./storage";

export type Namespace =
  | "common"
  | "auth"
  | "orders"
  | "analysis"
  | "account"
  | "exports"
  | "apiKeys"
  | "sessions"
  | "reports"
  | "codes";

const siteMessages = import.meta.glob<{ default: object }>("../locales/*/*.json");
/** The messages of the API's codes, which the site shares with the API and the report: one file per language. */
const codeMessages = import.meta.glob<{ default: object }>(
  "../../../layers/core/python/docket/messages/*.json",
);

/** Messages are loaded one namespace and one language at a time. */
i18n
  .use({
    type: "backend",
    read(language: string, namespace: string, done: (error: unknown, messages: object | null) => void) {
      const load =
        namespace === "codes"
          ? codeMessages[`../../../layers/core/python/docket/messages/${language}.json`]
          : siteMessages[`../locales/${language}/${namespace}.json`];
      if (!load) done(new Error(`No messages for ${language}/${namespace}`), null);
      else
        load().then(
          (file) => done(null, file.default),
          (error) => done(error, null),
        );
    },
  })
  .use(initReactI18next);

export async function startI18n(
  language: Language = preferredLanguage(),
  namespaces: Namespace[] = ["common", "codes"],
) {
  document.documentElement.lang = language;
  await i18n.init({
    lng: language,
    supportedLngs: Object.keys(LANGUAGES),
    ns: namespaces,
    defaultNS: "common",
    fallbackLng: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: true },
  });
}

export async function setLanguage(language: Language): Promise<void> {
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  writeStorage(storageKeys.language, language);
}

export { i18n, LANGUAGES, type Language };
