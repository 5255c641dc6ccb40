import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { IndexHtmlTransformResult, Plugin, Rolldown } from "vite";

const LANGUAGES = ["en", "de"] as const;
const BOOT = fileURLToPath(new URL("./src/boot.js", import.meta.url));

/** What every page is made of. */
const SITE = ["app/start.tsx", "react-dom/client.js"];

/** What each is made of beyond that, by the names that `src/boot.js` knows pages by. */
const PAGES: Record<string, { modules: string[]; words: string[] }> = {
  login: { modules: ["auth/pages/LoginPage"], words: ["common", "auth"] },
  register: { modules: ["auth/pages/RegisterPage"], words: ["common", "auth"] },
  orders: { modules: ["app/MembersArea", "orders/pages/OrdersPage"], words: ["common", "orders"] },
  order: {
    modules: ["app/MembersArea", "orders/pages/OrderPage"],
    words: ["common", "orders", "serverText"],
  },
  analysis: {
    modules: ["app/MembersArea", "analyses/pages/AnalysisPage"],
    words: ["common", "orders", "analysis", "serverText"],
  },
  other: { modules: ["app/MembersArea"], words: ["common"] },
};

/**
 * What a visitor sees before any of the site's code has run: `index.html` holds it, in every language, and
 * `src/boot.js` chooses. This writes the words into the one, and into the other which files each page needs.
 */
export function firstPaint(): Plugin {
  return {
    name: "first-paint",
    enforce: "post",
    transformIndexHtml: { order: "pre", handler: withWords },
    configureServer(server) {
      server.middlewares.use("/boot.js", (_request, response) => {
        response.setHeader("content-type", "text/javascript");
        response.end(readFileSync(BOOT, "utf8"));
      });
    },
    generateBundle(_options, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("The build has no index.html");
      const code = readFileSync(BOOT, "utf8").replace(
        "files = {}",
        () => `files = ${JSON.stringify(filesOf(bundle))}`,
      );
      const boot = this.emitFile({ type: "asset", name: "boot.js", source: code });
      page.source = String(page.source).replace("/boot.js", `/${this.getFileName(boot)}`);
    },
  };
}

/** `%orders:list.title%` becomes those words, once in each language. */
function withWords(html: string): IndexHtmlTransformResult {
  return html.replaceAll(/%(\w+):([\w.]+)%/g, (_whole, namespace: string, key: string) =>
    LANGUAGES.map((language) => `<span lang="${language}">${wordsOf(language, namespace, key)}</span>`).join(
      "",
    ),
  );
}

function wordsOf(language: string, namespace: string, key: string): string {
  const file = fileURLToPath(new URL(`./src/locales/${language}/${namespace}.json`, import.meta.url));
  let words: unknown = JSON.parse(readFileSync(file, "utf8"));
  for (const part of key.split(".")) words = (words as Record<string, unknown>)[part];
  if (typeof words !== "string") throw new Error(`${namespace}:${key} are no words`);
  return words;
}

function filesOf(bundle: Rolldown.OutputBundle): Record<string, Record<string, string[]>> {
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
  const needed = (page: { modules: string[]; words: string[] }, language: string) => {
    const code = withImports(
      [...SITE, ...page.modules.map((module) => `${module}.tsx`)].map((module) => chunkOf(`/${module}`)),
    );
    const words = page.words.map((namespace) => chunkOf(`/locales/${language}/${namespace}.json`));
    return [...code, ...words].filter((name) => !everywhere.has(name)).map((name) => `/${name}`);
  };
  return Object.fromEntries(
    Object.entries(PAGES).map(([name, page]) => [
      name,
      Object.fromEntries(LANGUAGES.map((language) => [language, needed(page, language)])),
    ]),
  );
}
