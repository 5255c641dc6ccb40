import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Icon } from "@/components/Icon";
import { LANGUAGES, type Language, setLanguage } from "@/lib/i18n";
import { routes } from "@/lib/routes";
import { setColorScheme, useColorScheme } from "@/theme/colorScheme";

interface Props {
  isMember: boolean;
  onHelp: () => void;
}

export function NavigationBar({ isMember, onHelp }: Props) {
  const { t, i18n } = useTranslation();
  const { dark } = useColorScheme();
  const { pathname } = useLocation();
  const currentFor = (path: string) => (pathname === path ? "page" : undefined);
  const otherLanguage: Language = i18n.language === "de" ? "en" : "de";

  return (
    <header className="app-bar">
      <Link className="brand" to={routes.orders}>
        <img src="/favicon.svg" alt="" width="28" height="28" />
        <span className="brand-name">Docket</span>
      </Link>
      <nav aria-label={t("menu")}>
        {isMember && (
          <>
            <ButtonLink
              to={routes.orders}
              size="small"
              color="neutral"
              aria-current={currentFor(routes.orders)}
            >
              {t("orders")}
            </ButtonLink>
            <ButtonLink
              to={routes.account}
              size="small"
              color="neutral"
              aria-current={currentFor(routes.account)}
            >
              {t("account")}
            </ButtonLink>
          </>
        )}
        <Button
          size="small"
          color="neutral"
          lang={otherLanguage}
          onClick={() => void setLanguage(otherLanguage)}
        >
          {otherLanguage.toUpperCase()}
          <span className="visually-hidden"> {LANGUAGES[otherLanguage]}</span>
        </Button>
        <Button
          className="icon-only"
          color="neutral"
          aria-label={t(dark ? "scheme.light" : "scheme.dark")}
          icon={<Icon name={dark ? "light" : "dark"} />}
          onClick={() => setColorScheme(dark ? "light" : "dark")}
        />
        {isMember && (
          <Button
            className="icon-only wide-only"
            color="neutral"
            aria-label={t("keys.help")}
            icon={<Icon name="keyboard" />}
            onClick={onHelp}
          />
        )}
      </nav>
    </header>
  );
}
