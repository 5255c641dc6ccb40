import i18n from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;
export type Namespace = "common" | "auth" | "orders" | "analysis" | "account" | "said";

const STORED = "docket.language";
const files = import.meta.glob<{ default: object }>("../locales/*/*.json");

/** Words arrive a namespace at a time, in one language: nobody downloads the other. */
i18n
  .use({
    type: "backend",
    read(language: string, namespace: string, done: (error: unknown, words: object | null) => void) {
      const load = files[`../locales/${language}/${namespace}.json`];
      if (!load) done(new Error(`No words for ${language}/${namespace}`), null);
      else
        load().then(
          (file) => done(null, file.default),
          (error) => done(error, null),
        );
    },
  })
  .use(initReactI18next);

export async function startI18n(language: Language = preferred(), namespaces: Namespace[] = ["common"]) {
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

export async function speak(language: Language): Promise<void> {
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function preferred(): Language {
  let wanted: readonly string[] = navigator.languages;
  try {
    const stored = localStorage.getItem(STORED);
    if (stored) wanted = [stored, ...wanted];
  } catch {
    // Storage can be forbidden; the browser's languages then decide.
  }
  for (const tag of wanted) {
    const language = tag.slice(0, 2);
    if (language in LANGUAGES) return language as Language;
  }
  return "en";
}

export { i18n };
