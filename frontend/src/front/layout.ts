import { routes } from "../lib/routes.ts";
import { type Html, html, raw } from "./html.ts";
import { FRONT_PAGES, type FrontLanguage, type FrontPage, LANGUAGES, pathOf } from "./pages.ts";
import type { Texts } from "./texts/en.ts";

/** The addresses of the files that a page loads. */
export interface Assets {
  style: string;
  font: string;
  first: string;
  client: string;
  samplePages: string[];
}

export interface Frame {
  page: FrontPage | "404";
  language: FrontLanguage;
  texts: Texts;
  assets: Assets;
  title: string;
  description: string;
  body: Html;
}

const SITE = "{{site.url}}";
const LOCALES: Record<FrontLanguage, string> = { en: "en_GB", de: "de_DE" };

/** A whole page: its head, bar, content and footer. */
export function layout(frame: Frame): string {
  const { page, language, texts, assets } = frame;
  return html`<!doctype html>
<html lang="${language}" data-page="${page}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="theme-color" media="(prefers-color-scheme: light)" content="#18203a" />
    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0d0f16" />
    <title>${frame.title}</title>
    <meta name="description" content="${frame.description}" />
    ${page === "404" ? html`<meta name="robots" content="noindex" />` : addresses(frame, page)}
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
    <link rel="manifest" href="/site.webmanifest" />
    <link rel="preload" as="font" type="font/woff2" crossorigin href="${assets.font}" />
    <link rel="stylesheet" href="${assets.style}" />
    <script src="${assets.first}"></script>
    <script type="module" src="${assets.client}"></script>
  </head>
  <body class="shell">
    <a class="skip" href="#page">${texts.skip}</a>
    ${bar(frame)}
    <main id="page" class="page">${frame.body}</main>
    ${footer(frame)}
  </body>
</html>
`.markup;
}

function addresses({ language, title, description }: Frame, page: FrontPage): Html {
  const address = (of: FrontLanguage) => `${SITE}${pathOf(page, of)}`;
  return html`<link rel="canonical" href="${address(language)}" />
    ${LANGUAGES.map((other) => html`<link rel="alternate" hreflang="${other}" href="${address(other)}" />`)}
    <link rel="alternate" hreflang="x-default" href="${address("en")}" />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content="Docket" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${address(language)}" />
    <meta property="og:locale" content="${LOCALES[language]}" />
    <meta property="og:image" content="${SITE}/og.png" />
    <meta property="og:image:width" content="1200" />
    <meta property="og:image:height" content="630" />
    <meta name="twitter:card" content="summary_large_image" />`;
}

function bar({ page, language, texts }: Frame): Html {
  const other: FrontLanguage = language === "en" ? "de" : "en";
  const samePage = pathOf(page === "404" ? "landing" : page, other);
  return html`<header class="app-bar">
      <a class="brand" href="${pathOf("landing", language)}"
        ><img src="/favicon.svg" alt="" width="28" height="28" /><span class="brand-name">Docket</span></a
      >
      <nav aria-label="${texts.menu}">
        <a class="bar-link" href="${samePage}" hreflang="${other}" lang="${other}" data-language
          ><span aria-hidden="true">${other.toUpperCase()}</span
          ><span class="visually-hidden">${texts.otherLanguage}</span></a
        >
        <a class="bar-link for-guest" href="${routes.login}">${texts.signIn}</a>
        <a class="bar-link for-member" href="${routes.orders}">${texts.yourOrders}</a>
      </nav>
    </header>`;
}

function footer({ language, texts }: Frame): Html {
  const names: Record<FrontPage, string> = { ...texts, landing: texts.home };
  return html`<footer>
      <nav aria-label="${texts.footer}">
        ${FRONT_PAGES.map((page) => html`<a href="${pathOf(page, language)}">${names[page]}</a> `)}
        <a href="/api/v1/docs">${texts.apiDocs}</a>
      </nav>
      <p>${raw("{{#operator.name}}© {{operator.name}}{{/operator.name}}")}</p>
    </footer>`;
}
