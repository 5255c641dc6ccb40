import { expect, it } from "vitest";
import { filledPage } from "../testing/filledPage";
import { html } from "./html";
import { renderPages } from "./render";

const ASSETS = {
  style: "/f.css",
  font: "/f.woff2",
  first: "/a.js",
  client: "/b.js",
  samplePages: ["/1.webp", "/2.webp"],
};

it("renders each page in both languages", () => {
  const names = Object.keys(renderPages(ASSETS));

  expect(names).toContain("index.html");
  expect(names).toContain("de/refunds.html");
  expect(names.filter((name) => name.startsWith("de/"))).toHaveLength(6);
});

it("leaves no placeholder in a published page, and nothing inline", () => {
  for (const [name, page] of Object.entries(renderPages(ASSETS))) {
    const published = filledPage(page);
    expect(published, name).not.toMatch(/\{\{|undefined|\[object/);
    expect(published, name).not.toMatch(/<style|<script>| style=| on\w+=/);
  }
});

it("leads from the first page to the samples", () => {
  const pages = renderPages(ASSETS);

  for (const name of ["index.html", "de/index.html"]) expect(pages[name]).toContain('href="/samples"');
});

it("escapes texts", () => {
  expect(html`<p title="${'"'}">${"<b>"}</p>`.markup).toBe('<p title="&quot;">&lt;b></p>');
});
