import { useColorScheme } from "@mui/material/styles";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Panel } from "@/components/Panel";
import { SelectField } from "@/components/SelectField";
import { LANGUAGES, type Language, setLanguage } from "@/lib/i18n";

const COLOR_MODES = ["system", "light", "dark"] as const;

/** Language and color scheme, which this browser stores. */
export function PreferencesCard() {
  const { t, i18n } = useTranslation("account");
  const { mode, setMode } = useColorScheme();
  return (
    <Panel aria-labelledby="preferences">
      <Typography variant="h2" id="preferences">
        {t("preferences")}
      </Typography>
      <SelectField
        label={t("language")}
        value={i18n.language}
        onChange={(event) => void setLanguage(event.target.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("scheme")}
        value={mode}
        onChange={(event) => setMode(event.target.value as (typeof COLOR_MODES)[number])}
      >
        {COLOR_MODES.map((choice) => (
          <option key={choice} value={choice}>
            {t(`schemes.${choice}`)}
          </option>
        ))}
      </SelectField>
    </Panel>
  );
}
