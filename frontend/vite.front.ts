import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";
import { crawlerFiles } from "./src/front/crawlers.ts";
import { frontTheme } from "./src/front/frontTheme.ts";
import { type Assets, STYLESHEET } from "./src/front/Head.tsx";
import { FRONT_PAGES, fileOf, LANGUAGES, pathOf } from "./src/front/pages.ts";
import { renderPages } from "./src/front/render.tsx";
import { routeAt } from "./src/lib/routes.ts";
import { withTheme } from "./vite.theme.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FONT = "figtree-latin-wght-normal";
const FONT_FILE = `node_modules/@fontsource-variable/figtree/files/${FONT}.woff2`;
const SAMPLE_PAGES = [1, 2];

/** The files of the pages on the development server. */
const SOURCES: Assets = {
  font: `/${FONT_FILE}`,
  first: "/src/front/first.ts",
  client: "/src/front/landing.client.ts",
  samplePages: SAMPLE_PAGES.map((page) => `/src/front/sample-page-${page}.webp`),
};

/**
 * The pages without the app (`src/front/`): markup that React rendered, a stylesheet, and two small scripts that share no file with the app.
 * The pages have placeholders, which are filled when the site is published.
 */
export function frontPages(): Plugin {
  return {
    name: "front-pages",
    enforce: "post",
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        const file = frontFileAt(path);
        if (path === STYLESHEET) {
          const style = wholeStyle(renderPages(SOURCES).style, SOURCES.font);
          return void response.setHeader("content-type", "text/css").end(style);
        }
        if (file)
          return void response.setHeader("content-type", "text/html").end(renderPages(SOURCES).pages[file]);
        if (isAppPath(path)) request.url = "/app.html";
        next();
      });
    },
    async generateBundle(_options, bundle) {
      const font = Object.keys(bundle).find((name) => name.includes(FONT));
      if (!font) throw new Error(`The build has no ${FONT}`);
      const emit = (name: string, source: string | Uint8Array) =>
        `/${this.getFileName(this.emitFile({ type: "asset", name, source }))}`;
      const assets: Assets = {
        font: `/${font}`,
        first: emit("first.js", await script("first")),
        client: emit("landing.js", await script("landing.client")),
        samplePages: SAMPLE_PAGES.map((page) =>
          emit(`sample-page-${page}.webp`, readFileSync(here(`./src/front/sample-page-${page}.webp`))),
        ),
      };
      const { pages, style } = renderPages(assets);
      const stylesheet = emit("front.css", wholeStyle(style, assets.font));
      for (const [fileName, page] of Object.entries(pages))
        this.emitFile({ type: "asset", fileName, source: page.replace(STYLESHEET, stylesheet) });
      for (const [fileName, source] of Object.entries(crawlerFiles()))
        this.emitFile({ type: "asset", fileName, source });
    },
  };
}

/** The file of the page without the app at a path, or null. */
export function frontFileAt(path: string): string | null {
  for (const language of LANGUAGES)
    for (const page of FRONT_PAGES) if (pathOf(page, language) === path) return fileOf(page, language);
  return null;
}

/** Whether the app has a page at a path. */
export function isAppPath(path: string): boolean {
  const route = routeAt(path);
  return route !== null && route.name !== "home";
}

/** A module and what it imports, as one classic script without names of its own. */
async function script(name: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    build: {
      target: "es2023",
      write: false,
      lib: { entry: here(`./src/front/${name}.ts`), formats: ["iife"], name: "front" },
    },
  });
  const [bundle] = (Array.isArray(output) ? output : [output]) as Rolldown.RolldownOutput[];
  if (!bundle) throw new Error(`src/front/${name}.ts was not built`);
  return bundle.output[0].code;
}

/** The stylesheet of the pages: the font, the theme with its baseline, `theme/frame.css`, and the rules of the components. */
function wholeStyle(components: string, font: string): string {
  const face = `@font-face { font-family: "Figtree Variable"; font-style: normal; font-display: optional;
  font-weight: 300 900; src: url("${font}") format("woff2-variations"); }`;
  const frame = readFileSync(here("./src/theme/frame.css"), "utf8");
  return `${face}\n${withTheme(frontTheme, frame + components)}`;
}
