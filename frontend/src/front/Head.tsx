import { type FrontLanguage, type FrontPage, LANGUAGES, pathOf } from "./pages.ts";

/** The address of the stylesheet, which the build replaces by that of its file. */
export const STYLESHEET = "/front.css";

/** The addresses of the other files that a page loads. */
export interface Assets {
  font: string;
  first: string;
  client: string;
  samplePages: string[];
}

export interface HeadProps {
  page: FrontPage | "404";
  language: FrontLanguage;
  assets: Assets;
  title: string;
  description: string;
}

const SITE = "{{site.url}}";
const LOCALES: Record<FrontLanguage, string> = { en: "en_GB", de: "de_DE" };

/** The head of a page. */
export function Head(props: HeadProps) {
  const { page, assets, title, description } = props;
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#18203a" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0d0f16" />
      <title>{title}</title>
      <meta name="description" content={description} />
      {page === "404" ? <meta name="robots" content="noindex" /> : <LinkMetadata {...props} page={page} />}
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
      <link rel="manifest" href="/site.webmanifest" />
      <link rel="preload" as="font" type="font/woff2" crossOrigin="" href={assets.font} />
      <link rel="stylesheet" href={STYLESHEET} />
      <script src={assets.first} />
      <script type="module" src={assets.client} />
    </head>
  );
}

/** What search engines and messengers read: the page in each language, and the preview of a link. */
function LinkMetadata({ page, language, title, description }: HeadProps & { page: FrontPage }) {
  const address = (of: FrontLanguage) => `${SITE}${pathOf(page, of)}`;
  return (
    <>
      <link rel="canonical" href={address(language)} />
      {LANGUAGES.map((other) => (
        <link key={other} rel="alternate" hrefLang={other} href={address(other)} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={address("en")} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="Docket" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={address(language)} />
      <meta property="og:locale" content={LOCALES[language]} />
      <meta property="og:image" content={`${SITE}/og.png`} />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}
