import paths from "./paths.json" with { type: "json" };

export const LANGUAGES = ["en", "de"] as const;
export type FrontLanguage = (typeof LANGUAGES)[number];
export type FrontPage = keyof typeof paths.pages;
export const FRONT_PAGES = Object.keys(paths.pages) as FrontPage[];

/** The address of a page: English without a prefix, German below `/de`. */
export function pathOf(page: FrontPage, language: FrontLanguage): string {
  const path = `/${paths.prefixes[language]}${paths.pages[page]}`;
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

/** The file of a page in the build. */
export function fileOf(page: FrontPage | "404", language: FrontLanguage): string {
  const name = page === "404" ? "404" : paths.pages[page] || "index";
  return `${paths.prefixes[language]}${name}.html`;
}
