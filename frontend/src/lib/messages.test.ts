import { expect, test } from "vitest";

const messageFiles = import.meta.glob<Record<string, unknown>>("../locales/*/*.json", {
  eager: true,
  import: "default",
});

function flatten(messages: Record<string, unknown>, prefix = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[prefix + key, value] as [string, string]]
      : flatten(value as Record<string, unknown>, `${prefix}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test.each(["common", "auth", "orders", "analysis", "account", "apiKeys", "exports", "sessions", "reports"])(
  "%s has the same messages with the same parameters in both languages",
  (namespace) => {
    const english = flatten(messageFiles[`../locales/en/${namespace}.json`] ?? {});
    const german = new Map(flatten(messageFiles[`../locales/de/${namespace}.json`] ?? {}));

    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
    for (const [key, text] of english) {
      expect([key, placeholders(german.get(key) ?? "")]).toEqual([key, placeholders(text)]);
    }
  },
);
