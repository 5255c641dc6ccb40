import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type PreviewServer } from "vite";
import { crawlerFiles } from "./src/front/crawlers.ts";
import type { TestApi } from "./src/testing/api.ts";
import { filledPage } from "./src/testing/filledPage.ts";
import { type Scene, scene } from "./src/testing/scenes.ts";
import { frontFileAt, isAppPath } from "./vite.front.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The policy of the distribution. Here the documents and the fake of Stripe have the origin of the site. */
const DIRECTIVES: Record<string, string[]> = JSON.parse(
  readFileSync(here("../infra/content_security_policy.json"), "utf8"),
);
const POLICY = Object.entries(DIRECTIVES)
  .map(([name, sources]) => [name, ...sources.filter((source) => !source.startsWith("{"))].join(" "))
  .join("; ");

/** The built site with a fake API, for page tests in a real browser. */
export default defineConfig({
  resolve: { alias: { "@": here("./src") } },
  preview: { host: "127.0.0.1", headers: { "content-security-policy": POLICY } },
  plugins: [{ name: "fake-api", configurePreviewServer: serveFakeApi }],
});

function serveFakeApi(server: PreviewServer): void {
  let api: TestApi = scene("empty", "");
  server.middlewares.use(async (request, response, next) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    if (url.pathname === "/testing/scene") {
      api = scene(url.searchParams.get("is") as Scene, url.origin);
      api.cookie = url.searchParams.has("in");
      api.bucket = `${url.origin}/testing/bucket`;
      return send(response, new Response("{}"));
    }
    if (url.pathname === "/testing/session") {
      api.cookie = false;
      api.token = "none";
      return send(response, new Response("{}"));
    }
    if (url.pathname === "/testing/bucket") {
      await asRequest(request, url);
      api.arrive();
      return send(response, new Response(null, { status: 204 }));
    }
    if (url.pathname === "/testing/stripe.js")
      return send(response, file(here("./src/testing/stripe.js"), "text/javascript"));
    if (url.pathname === "/testing/page.svg")
      return send(response, file(here("./src/testing/page.svg"), "image/svg+xml"));
    if (url.pathname === "/config.json") {
      const config = {
        stripe_publishable_key: "pk_test_1",
        stripe_js: "/testing/stripe.js",
        identity: "jwt",
      };
      return send(response, Response.json(config));
    }
    if (/^\/assets\/.*\.(js|css)$/.test(url.pathname)) return send(response, compressed(url.pathname));
    if (url.pathname === "/api/v1/prices")
      return send(response, Response.json({ base: 200, per_page: 50, currency: "eur" }));
    if (!url.pathname.startsWith("/api/")) {
      const front = frontFileAt(url.pathname);
      if (front) return send(response, frontPage(front, 200));
      const name = url.pathname.slice(1);
      if (name in crawlerFiles()) return send(response, new Response(filledFile(name)));
      if (isAppPath(url.pathname)) request.url = `/app.html${url.search}`;
      else if (!url.pathname.includes("."))
        return send(response, frontPage(url.pathname.startsWith("/de/") ? "de/404.html" : "404.html", 404));
      return next();
    }
    send(response, await api.handle(await asRequest(request, url)));
  });
}

async function asRequest(incoming: IncomingMessage, url: URL): Promise<Request> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return new Request(url, {
    method: incoming.method,
    headers: Object.entries(incoming.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    ),
    body: parts.length > 0 ? Buffer.concat(parts) : undefined,
  });
}

/** A page without the app as the distribution serves it. */
function frontPage(name: string, status: number): Response {
  return new Response(filledFile(name), {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY },
  });
}

/** A file of the build with the values of a stage. */
function filledFile(name: string): string {
  return filledPage(readFileSync(here(`./dist/${name}`), "utf8"));
}

/** An asset as the distribution serves it: compressed and immutable. */
function compressed(path: string): Response {
  return new Response(gzipSync(readFileSync(here(`./dist${path}`))), {
    headers: {
      "content-type": path.endsWith(".css") ? "text/css" : "text/javascript",
      "content-encoding": "gzip",
      "cache-control": "public, max-age=31536000, immutable",
    },
  });
}

function file(path: string, type: string): Response {
  return new Response(readFileSync(path, "utf8"), { headers: { "content-type": type } });
}

async function send(outgoing: ServerResponse, answer: Response): Promise<void> {
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
}
