import { expect, test } from "vitest";

const files = import.meta.glob<Record<string, unknown>>("../locales/*/*.json", {
  eager: true,
  import: "default",
});

function flat(words: Record<string, unknown>, under = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[under + key, value] as [string, string]]
      : flat(value as Record<string, unknown>, `${under}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test.each(["common", "auth", "orders", "analysis", "account"])(
  "%s says the same things, with the same values in them, in both languages",
  (namespace) => {
    const english = flat(files[`../locales/en/${namespace}.json`] ?? {});
    const german = new Map(flat(files[`../locales/de/${namespace}.json`] ?? {}));

    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
    for (const [key, text] of english) {
      expect([key, placeholders(german.get(key) ?? "")]).toEqual([key, placeholders(text)]);
    }
  },
);
