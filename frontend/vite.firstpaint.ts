import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import InitColorSchemeScript from "@mui/material/InitColorSchemeScript";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { build, type IndexHtmlTransformResult, type Plugin, type Rolldown } from "vite";
import type { RouteName } from "./src/lib/routes.ts";
import { SCHEME_ATTRIBUTE, schemeSettings } from "./src/theme/theme.ts";

const LANGUAGES = ["en", "de"] as const;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The modules of every page. */
const SITE = ["app/start.tsx", "react-dom/client.js"];

/** The files of each page, by language. */
type PageFiles = Record<string, Record<string, string[]>>;

interface Page {
  modules: string[];
  messages: string[];
}

/** The further modules of the pages that a visit starts with. */
const PAGES: Partial<Record<RouteName | "other", Page>> = {
  login: { modules: ["auth/pages/LoginPage"], messages: ["common", "codes", "auth"] },
  register: { modules: ["auth/pages/RegisterPage"], messages: ["common", "codes", "auth"] },
  orders: {
    modules: ["app/MembersArea", "orders/pages/OrdersPage"],
    messages: ["common", "codes", "orders"],
  },
  order: {
    modules: ["app/MembersArea", "orders/pages/OrderPage"],
    messages: ["common", "codes", "orders"],
  },
  analysis: {
    modules: ["app/MembersArea", "analyses/pages/AnalysisPage"],
    messages: ["common", "codes", "orders", "analysis"],
  },
  other: { modules: ["app/MembersArea"], messages: ["common", "codes"] },
};

/**
 * The first paint, before the code of the site runs: `app.html` holds it in every language, and `src/boot.ts`
 * selects one. The plugin writes the messages into the first and the list of files that each page needs into the second.
 */
export function firstPaint(): Plugin {
  return {
    name: "first-paint",
    enforce: "post",
    transformIndexHtml: { order: "pre", handler: withMessages },
    configureServer(server) {
      server.middlewares.use("/boot.js", async (_request, response) => {
        response.setHeader("content-type", "text/javascript");
        response.end(await bootScript({}));
      });
    },
    async generateBundle(_options, bundle) {
      const page = bundle["app.html"];
      if (page?.type !== "asset") throw new Error("The build has no app.html");
      const source = await bootScript(filesOf(bundle));
      const boot = this.emitFile({ type: "asset", name: "boot.js", source });
      page.source = String(page.source).replace("/boot.js", `/${this.getFileName(boot)}`);
    },
  };
}

/** Material UI's script that sets the color scheme, then `src/boot.ts` with its imports as one classic script. */
async function bootScript(pageFiles: PageFiles): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { PAGE_FILES: JSON.stringify(pageFiles) },
    build: {
      target: "es2023",
      write: false,
      lib: { entry: here("./src/boot.ts"), formats: ["iife"], name: "boot" },
    },
  });
  const [bundle] = (Array.isArray(output) ? output : [output]) as Rolldown.RolldownOutput[];
  if (!bundle) throw new Error("src/boot.ts was not built");
  return colorSchemeScript() + bundle.output[0].code;
}

function colorSchemeScript(): string {
  const element = createElement(InitColorSchemeScript, { ...schemeSettings, attribute: SCHEME_ATTRIBUTE });
  return renderToStaticMarkup(element).replaceAll(/<\/?script[^>]*>/g, "");
}

/** `%orders:list.title%` becomes that message, once in each language. */
function withMessages(html: string): IndexHtmlTransformResult {
  return html.replaceAll(/%(\w+):([\w.]+)%/g, (_whole, namespace: string, key: string) =>
    LANGUAGES.map(
      (language) => `<span lang="${language}">${messageOf(language, namespace, key)}</span>`,
    ).join(""),
  );
}

function messageOf(language: string, namespace: string, key: string): string {
  const file = here(`./src/locales/${language}/${namespace}.json`);
  let message: unknown = JSON.parse(readFileSync(file, "utf8"));
  for (const part of key.split(".")) message = (message as Record<string, unknown>)[part];
  if (typeof message !== "string") throw new Error(`${namespace}:${key} is no message`);
  return message;
}

/** The end of the path of a namespace's messages; those of the API's codes are in the API's own folder. */
function messageFile(language: string, namespace: string): string {
  return namespace === "codes"
    ? `/docket/messages/${language}.json`
    : `/locales/${language}/${namespace}.json`;
}

function filesOf(bundle: Rolldown.OutputBundle): PageFiles {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const chunkOf = (ending: string) => {
    const found = chunks.find(({ facadeModuleId, moduleIds }) =>
      [facadeModuleId, ...moduleIds].some((id) => id?.endsWith(ending)),
    );
    if (!found) throw new Error(`No chunk holds ${ending}`);
    return found.fileName;
  };
  const withImports = (names: string[], known = new Set<string>()): Set<string> => {
    for (const name of names) {
      const chunk = bundle[name];
      if (known.has(name) || chunk?.type !== "chunk") continue;
      known.add(name);
      withImports(chunk.imports, known);
    }
    return known;
  };
  const everywhere = withImports(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  const needed = (page: Page, language: string) => {
    const code = withImports(
      [...SITE, ...page.modules.map((module) => `${module}.tsx`)].map((module) => chunkOf(`/${module}`)),
    );
    const messages = page.messages.map((namespace) => chunkOf(messageFile(language, namespace)));
    return [...code, ...messages].filter((name) => !everywhere.has(name)).map((name) => `/${name}`);
  };
  return Object.fromEntries(
    Object.entries(PAGES).map(([name, page]) => [
      name,
      Object.fromEntries(LANGUAGES.map((language) => [language, needed(page, language)])),
    ]),
  );
}
