import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const SHEETS = ["theme/frame.css", "theme/site.css"];

/** The stylesheets hold the frame, the first paint and the page viewer. Other styles are the theme's, or `sx`. */
const MOST_LINES = 400;

const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|testing\//.test(name))
  .map((name) => textOf(`src/${name}`))
  .concat(textOf("app.html"));

it("has few lines of hand-written CSS", () => {
  const lines = SHEETS.flatMap((name) => textOf(`src/${name}`).trimEnd().split("\n"));

  expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
});

it("has no rule for a class that no element has", () => {
  const used = usedClasses();

  for (const name of SHEETS)
    expect([...selectedIn(textOf(`src/${name}`))].filter((selected) => !used.has(selected))).toEqual([]);
});

it("gives an element no class that no rule and no code selects", () => {
  const selected = new Set([...SHEETS.map((name) => textOf(`src/${name}`)), ...quoted()].flatMap(selectedIn));

  expect([...usedClasses()].filter((used) => !selected.has(used))).toEqual([]);
});

function textOf(name: string): string {
  return readFileSync(join(ROOT, name), "utf8");
}

/** The names in `class="…"`, `className="…"` and the texts in `className={…}`. */
function usedClasses(): Set<string> {
  return new Set(
    sources
      .flatMap((source) => [
        ...matches(source, /\bclass(?:Name)?="([^"]*)"/g),
        ...matches(source, /\bclassName=\{([^}]*)\}/g).flatMap((code) => matches(code, /"([^"]*)"/g)),
      ])
      .flatMap((names) => names.split(/\s+/))
      .filter((name) => name !== ""),
  );
}

/** The texts in the code: selectors of nested styles and of searched elements are among them. */
function quoted(): string[] {
  return sources
    .flatMap((source) => matches(source, /"([^"\n]*)"/g))
    .filter((text) => /(^|[\s(>&])\.[a-z]/.test(text));
}

function selectedIn(style: string): string[] {
  return matches(style.replaceAll(/\/\*.*?\*\//gs, ""), /\.([a-z][\w-]*)/g);
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = ""]) => found);
}
