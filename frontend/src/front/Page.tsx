import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import GlobalStyles from "@mui/material/GlobalStyles";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { SiteBar } from "../components/SiteBar.tsx";
import { SkipLink } from "../components/SkipLink.tsx";
import { routes } from "../lib/routes.ts";
import { Head, type HeadProps } from "./Head.tsx";
import { FRONT_PAGES, type FrontLanguage, type FrontPage, pathOf } from "./pages.ts";
import type { Texts } from "./texts/en.ts";
import { When } from "./When.tsx";

interface Props extends HeadProps {
  texts: Texts;
  children: ReactNode;
}

/** `first.ts` marks the pages of a signed-in customer. */
const globalStyles = {
  html: { scrollPaddingTop: 76 },
  body: { overflowWrap: "break-word" },
  "html[data-member] .for-guest, html:not([data-member]) .for-member": { display: "none !important" },
} as const;

/** A whole page: its head, bar, content and footer. */
export function Page({ texts, children, ...head }: Props) {
  const { page, language } = head;
  return (
    <html lang={language} data-page={page}>
      <Head {...head} />
      <body className="shell">
        <GlobalStyles styles={globalStyles} />
        <SkipLink>{texts.skip}</SkipLink>
        <Bar page={page} language={language} texts={texts} />
        <Box
          component="main"
          id="page"
          sx={{
            flex: 1,
            width: "100%",
            maxWidth: 1120,
            mx: "auto",
            px: { xs: 1.75, sm: 2.5 },
            pb: { xs: 5, sm: 6 },
          }}
        >
          {children}
        </Box>
        <Footer language={language} texts={texts} />
      </body>
    </html>
  );
}

function Bar({ page, language, texts }: Pick<Props, "page" | "language" | "texts">) {
  const other: FrontLanguage = language === "en" ? "de" : "en";
  const sx = { minWidth: 44, minHeight: 44, px: 1.5 };
  return (
    <SiteBar>
      <a className="brand" href={pathOf("landing", language)}>
        <img src="/favicon.svg" alt="" width="28" height="28" />
        <span className="brand-name">Docket</span>
      </a>
      <Box component="nav" aria-label={texts.menu} sx={{ display: "flex", ml: "auto" }}>
        <Button
          color="inherit"
          href={pathOf(page === "404" ? "landing" : page, other)}
          hrefLang={other}
          lang={other}
          data-language=""
          sx={sx}
        >
          <span aria-hidden="true">{other.toUpperCase()}</span>
          <span className="visually-hidden">{texts.otherLanguage}</span>
        </Button>
        <Button color="inherit" className="for-guest" href={routes.login} sx={sx}>
          {texts.signIn}
        </Button>
        <Button color="inherit" className="for-member" href={routes.orders} sx={sx}>
          {texts.yourOrders}
        </Button>
      </Box>
    </SiteBar>
  );
}

function Footer({ language, texts }: Pick<Props, "language" | "texts">) {
  const names: Record<FrontPage, string> = { ...texts, landing: texts.home };
  const links = FRONT_PAGES.map((page) => ({ name: names[page], href: pathOf(page, language) }));
  return (
    <Typography
      variant="body2"
      component="footer"
      color="textSecondary"
      sx={{
        px: { xs: 1.75, sm: "max(20px, calc((100vw - 1080px) / 2))" },
        pt: 2.5,
        pb: 4,
        borderTop: "1px solid var(--divider)",
      }}
    >
      <Box
        component="nav"
        aria-label={texts.footer}
        sx={{ display: "flex", flexWrap: "wrap", columnGap: 2.5, rowGap: 0.5 }}
      >
        {[...links, { name: texts.apiDocs, href: "/api/v1/docs" }].map(({ name, href }) => (
          <Link key={href} href={href} sx={{ display: "inline-flex", alignItems: "center", minHeight: 44 }}>
            {name}
          </Link>
        ))}
      </Box>
      <Box component="p" sx={{ mt: 1, mb: 0 }}>
        <When value="operator.name">{"© {{operator.name}}"}</When>
      </Box>
    </Typography>
  );
}
