import { expect, it } from "vitest";
import { filledPage } from "../testing/filledPage";
import { renderPages } from "./render";

const { pages, style } = renderPages({
  font: "/f.woff2",
  first: "/a.js",
  client: "/b.js",
  samplePages: ["/1.webp", "/2.webp"],
});

it("renders each page in both languages", () => {
  const names = Object.keys(pages);

  expect(names).toContain("index.html");
  expect(names).toContain("de/refunds.html");
  expect(names.filter((name) => name.startsWith("de/"))).toHaveLength(6);
});

it("leaves no placeholder in a published page, and nothing inline", () => {
  for (const [name, page] of Object.entries(pages)) {
    const published = filledPage(page);
    expect(published, name).not.toMatch(/\{\{|undefined|\[object/);
    expect(published, name).not.toMatch(/<style|<script>| style=| on\w+=/);
  }
});

it("leads from the first page to the samples", () => {
  for (const name of ["index.html", "de/index.html"]) expect(pages[name]).toContain('href="/samples"');
});

it("has the rules of every component in the stylesheet, and no others", () => {
  const used = new Set(Object.values(pages).flatMap((page) => page.match(/(?<=[" ])f-[\w-]+/g) ?? []));
  const styled = new Set(style.match(/(?<=\.)f-[\w-]+/g));

  expect(used.size).toBeGreaterThan(20);
  expect([...styled].filter((name) => !used.has(name))).toEqual([]);
  expect(style).toContain(".MuiOutlinedInput-notchedOutline");
});
