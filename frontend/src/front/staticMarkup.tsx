import createCache from "@emotion/cache";
import { CacheProvider } from "@emotion/react";
import { ThemeProvider } from "@mui/material/styles";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { frontTheme } from "./frontTheme.ts";

const KEY = "f";

/** Pages as markup without scripts and styles, and the rules of all of them. */
export interface StaticMarkup {
  pages: Record<string, string>;
  style: string;
}

/** Renders pages, each an `html` element, by the names of their files. Nothing of React or Emotion runs in them. */
export function staticMarkup(elements: Record<string, ReactElement>): StaticMarkup {
  // Without plugins Emotion adds no prefixes for old browsers.
  const cache = createCache({ key: KEY, stylisPlugins: [] });
  // Rules are kept in the cache instead of `style` elements beside what they are for.
  cache.compat = true;
  const render = (page: ReactElement) =>
    renderToStaticMarkup(
      <CacheProvider value={cache}>
        <ThemeProvider theme={frontTheme} disableStyleSheetGeneration>
          {page}
        </ThemeProvider>
      </CacheProvider>,
    );
  const pages = Object.fromEntries(
    Object.entries(elements).map(([name, page]) => [name, `<!doctype html>${render(page)}\n`]),
  );
  const classes = new Set(Object.values(pages).flatMap((page) => page.match(/\bf-[\w-]+/g)));
  // A component that another one extends leaves rules whose class no element has.
  const rules = Object.entries(cache.inserted).filter(
    ([name, rule]) =>
      typeof rule === "string" && (classes.has(`${KEY}-${name}`) || !rule.includes(`.${KEY}-${name}`)),
  );
  return { pages, style: rules.map(([, rule]) => rule).join("\n") };
}
