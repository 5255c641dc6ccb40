import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const messageFiles = import.meta.glob<Record<string, unknown>>("../locales/*/*.json", {
  eager: true,
  import: "default",
});

function flat(messages: Record<string, unknown>, under = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[under + key, value] as [string, string]]
      : flat(value as Record<string, unknown>, `${under}${key}.`),
  );
}

/** The service's code, with literals that are only parted by the end of a line joined again. */
const service = ["layers/core/python", "layers/analysis/python", "functions"]
  .map((layer) => join("..", layer))
  .flatMap((layer) =>
    readdirSync(layer, { recursive: true, encoding: "utf8" }).map((name) => join(layer, name)),
  )
  .filter((path) => path.endsWith(".py"))
  .map((path) => readFileSync(path, "utf8").replaceAll(/"\s*\n\s*f?"/g, ""))
  .join("\n");

// Where a text has its values, and where the service puts one together of several pieces.
const PARTED = /\{\{\w+\}\}| and others|, /;

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test.each(["common", "auth", "orders", "analysis", "account"])(
  "%s says the same things, with the same values in them, in both languages",
  (namespace) => {
    const english = flat(messageFiles[`../locales/en/${namespace}.json`] ?? {});
    const german = new Map(flat(messageFiles[`../locales/de/${namespace}.json`] ?? {}));

    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
    for (const [key, text] of english) {
      expect([key, placeholders(german.get(key) ?? "")]).toEqual([key, placeholders(text)]);
    }
  },
);

test("no text of the service's is translated that the service does not say any more", () => {
  const sentences = Object.keys(messageFiles["../locales/de/serverText.json"] ?? {});

  const stale = sentences.filter(
    (text) => !text.split(PARTED).every((part) => service.includes(part)),
  );

  expect(sentences.length).toBeGreaterThan(20);
  expect(stale).toEqual([]);
});
