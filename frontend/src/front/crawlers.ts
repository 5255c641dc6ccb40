import { FRONT_PAGES, type FrontLanguage, type FrontPage, LANGUAGES, pathOf } from "./pages.ts";

/** The files for search engines, by their names, with a placeholder for the site's URL. */
export function crawlerFiles(): Record<string, string> {
  return { "sitemap.xml": sitemap(), "robots.txt": ROBOTS };
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
