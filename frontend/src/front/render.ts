import { html } from "./html.ts";
import { landing } from "./landing.ts";
import { type Assets, layout } from "./layout.ts";
import { de as legalDe } from "./legal/de.ts";
import { en as legalEn } from "./legal/en.ts";
import { legal } from "./legal.ts";
import { FRONT_PAGES, type FrontLanguage, type FrontPage, fileOf, LANGUAGES, pathOf } from "./pages.ts";
import { de } from "./texts/de.ts";
import { en } from "./texts/en.ts";

const TEXTS = { en, de };
const LEGAL = { en: legalEn, de: legalDe };

/** All pages without the app, by the names of their files, with placeholders for the values of a stage. */
export function renderPages(assets: Assets): Record<string, string> {
  const pages: Record<string, string> = {};
  for (const language of LANGUAGES) {
    for (const page of FRONT_PAGES) pages[fileOf(page, language)] = render(page, language, assets);
    pages[fileOf("404", language)] = renderNotFound(language, assets);
  }
  return { ...pages, "sitemap.xml": sitemap(), "robots.txt": ROBOTS };
}

function render(page: FrontPage, language: FrontLanguage, assets: Assets): string {
  const texts = TEXTS[language];
  const frame = { page, language, texts, assets };
  if (page === "landing")
    return layout({ ...frame, ...texts.landing, body: landing(texts, language, assets) });
  const legalPage = LEGAL[language][page];
  return layout({
    ...frame,
    title: `${legalPage.title} · Docket`,
    description: legalPage.description,
    body: legal(legalPage, LEGAL[language]),
  });
}

function renderNotFound(language: FrontLanguage, assets: Assets): string {
  const texts = TEXTS[language];
  const { title, text, back } = texts.notFound;
  const body = html`<section class="not-found">
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      <p class="actions"><a class="button" href="${pathOf("landing", language)}">${back}</a></p>
    </section>`;
  const frame = { page: "404" as const, language, texts, assets };
  return layout({ ...frame, title: `${title} · Docket`, description: text, body });
}

function sitemap(): string {
  const address = (page: FrontPage, language: FrontLanguage) => `{{site.url}}${pathOf(page, language)}`;
  const urls = FRONT_PAGES.flatMap((page) =>
    LANGUAGES.map((language) => {
      const others = LANGUAGES.map(
        (other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${address(page, other)}"/>`,
      );
      return `<url><loc>${address(page, language)}</loc>${others.join("")}</url>`;
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join("\n")}
</urlset>
`;
}

const ROBOTS = `User-agent: *
Allow: /
Disallow: /api/
Allow: /api/v1/docs
Disallow: /orders
Disallow: /samples
Disallow: /account

Sitemap: {{site.url}}/sitemap.xml
`;
