import { useId } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, setLanguage } from "@/lib/i18n";
import { COLOR_SCHEMES, type ColorScheme, setColorScheme, useColorScheme } from "@/theme/colorScheme";

/** Language and color scheme, which this browser stores. */
export function PreferencesCard() {
  const { t, i18n } = useTranslation("account");
  const { selected } = useColorScheme();
  const languageId = useId();
  const schemeId = useId();
  return (
    <section className="card stack" aria-labelledby="preferences">
      <h2 id="preferences">{t("preferences")}</h2>
      <div className="row between">
        <label htmlFor={languageId}>{t("language")}</label>
        <select
          id={languageId}
          className="select"
          value={i18n.language}
          onChange={(event) => void setLanguage(event.target.value as Language)}
        >
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="row between">
        <label htmlFor={schemeId}>{t("scheme")}</label>
        <select
          id={schemeId}
          className="select"
          value={selected}
          onChange={(event) => setColorScheme(event.target.value as ColorScheme)}
        >
          {COLOR_SCHEMES.map((scheme) => (
            <option key={scheme} value={scheme}>
              {t(`schemes.${scheme}`)}
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}
