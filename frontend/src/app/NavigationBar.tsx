import Box from "@mui/material/Box";
import { useColorScheme } from "@mui/material/styles";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Button } from "@/components/Button";
import { IconButton } from "@/components/IconButton";
import { SiteBar } from "@/components/SiteBar";
import { pathOf } from "@/front/pages";
import { LANGUAGES, type Language, setLanguage } from "@/lib/i18n";
import { routes } from "@/lib/routes";
import { NavigationLink } from "./NavigationLink";

interface Props {
  isMember: boolean;
  onHelp: () => void;
}

/** The bar of the app, with the language and the color scheme. */
export function NavigationBar({ isMember, onHelp }: Props) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setMode } = useColorScheme();
  const isDark = colorScheme === "dark";
  const otherLanguage: Language = i18n.language === "de" ? "en" : "de";

  return (
    <SiteBar>
      {/* The first page of the site is not a page of the app. */}
      <Link
        to={isMember ? routes.orders : pathOf("landing", i18n.language === "de" ? "de" : "en")}
        reloadDocument={!isMember}
        className="brand"
      >
        <img src="/favicon.svg" alt="" width="28" height="28" />
        <span className="brand-name">Docket</span>
      </Link>
      <Box
        component="nav"
        aria-label={t("menu")}
        sx={{ display: "flex", alignItems: "center", gap: { xs: 0, sm: 0.5 }, ml: "auto" }}
      >
        {isMember && (
          <>
            <NavigationLink to={routes.orders}>{t("orders")}</NavigationLink>
            <NavigationLink to={routes.account}>{t("account")}</NavigationLink>
          </>
        )}
        <Button
          size="small"
          color="neutral"
          lang={otherLanguage}
          sx={{ minWidth: 44 }}
          onClick={() => void setLanguage(otherLanguage)}
        >
          {otherLanguage.toUpperCase()}
          <span className="visually-hidden"> {LANGUAGES[otherLanguage]}</span>
        </Button>
        <IconButton
          icon={isDark ? "light" : "dark"}
          label={t(isDark ? "scheme.light" : "scheme.dark")}
          onClick={() => setMode(isDark ? "light" : "dark")}
        />
        {isMember && (
          <IconButton
            icon="keyboard"
            label={t("keys.help")}
            sx={{ display: { xs: "none", sm: "inline-flex" } }}
            onClick={onHelp}
          />
        )}
      </Box>
    </SiteBar>
  );
}
