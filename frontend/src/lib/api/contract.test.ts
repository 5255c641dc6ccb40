import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { FRONT_PAGES, pathOf } from "@/front/pages";
import { openSite } from "@/testing/render";
import { routeAt, routes } from "../routes";

const { paths } = JSON.parse(readFileSync("../layers/core/python/docket/schemas/openapi.json", "utf8")) as {
  paths: Record<string, unknown>;
};

/** The site's sources by path, without the tests and their helpers. */
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(tsx?|js)$/.test(path) && !/\.test\.tsx?$|^testing\//.test(path))
  .map((path) => [path, readFileSync(join("src", path), "utf8")] as const);

/** A path with empty parameters, of a template literal or of the description. */
const shapeOf = (path: string) => path.replaceAll(/\$?\{[^}]*\}/g, "{}").replace(/\?.*$/, "");

/** Every API path in a source, including template literals. */
function calledIn(source: string): string[] {
  return [...source.matchAll(/(["'`])(\/api\/v1\/(?:\$\{[^}]*\}|(?!\1).)*)\1/g)].map(
    ([, , path = ""]) => path,
  );
}

test("every path that the site calls is in the service's description", () => {
  const described = new Set(Object.keys(paths).map(shapeOf));
  const called = sources.flatMap(([file, source]) => calledIn(source).map((path) => ({ file, path })));

  const missing = called.filter(({ path }) => !described.has(shapeOf(path)));

  expect(called.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

test("the login page links to existing pages only", async () => {
  await openSite({ at: "/login", signedIn: false });
  await screen.findByRole("button", { name: "Sign in" });

  const links = screen.getAllByRole("link").map((link) => link.getAttribute("href") ?? "");

  expect(links).toEqual(expect.arrayContaining(["#page", routes.register, routes.forgotPassword]));
  const front = FRONT_PAGES.map((page) => pathOf(page, "en"));
  expect(links.filter((path) => path !== "#page" && !routeAt(path) && !front.includes(path))).toEqual([]);
});

test("paths of pages are spelled in lib/routes.json only", () => {
  const pagePath =
    /["'`]\/(login|register|orders|account|forgot-password|reset-password|verify-email|confirm-email)\b/;
  const spelling = sources.filter(([, source]) => pagePath.test(source)).map(([path]) => path);

  expect(pagePath.test(readFileSync("src/lib/routes.json", "utf8"))).toBe(true);
  expect(spelling).toEqual([]);
});
