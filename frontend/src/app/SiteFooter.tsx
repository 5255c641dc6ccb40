import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { pathOf } from "@/front/pages";

const PAGES = ["imprint", "privacy", "terms", "refunds"] as const;

/** The links to the pages that the law asks for, which are not pages of the app. */
export function SiteFooter() {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "de" ? "de" : "en";
  return (
    <Box component="footer" className="no-print" sx={{ px: 2.5, pb: 2 }}>
      <Box
        component="nav"
        aria-label={t("legal.menu")}
        sx={{ display: "flex", flexWrap: "wrap", justifyContent: "center", columnGap: 3 }}
      >
        {PAGES.map((page) => (
          <Link
            key={page}
            href={pathOf(page, language)}
            variant="body2"
            sx={{ color: "text.secondary", display: "inline-flex", alignItems: "center", minHeight: 44 }}
          >
            {t(`legal.${page}`)}
          </Link>
        ))}
      </Box>
    </Box>
  );
}
