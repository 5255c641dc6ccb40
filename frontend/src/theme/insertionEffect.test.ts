import { createRequire } from "node:module";
import { expect, test } from "vitest";
import * as inserted from "./insertionEffect";

const NAME = "@emotion/use-insertion-effect-with-fallbacks";
const fromEmotion = createRequire(createRequire(import.meta.url).resolve("@emotion/react"));

test("Emotion has the module that the build replaces, with the same functions", () => {
  expect(Object.keys(fromEmotion(NAME)).sort()).toEqual(Object.keys(inserted).sort());
});

test("the styles of a component are inserted while it is rendered", () => {
  const inserts: string[] = [];

  const result = inserted.useInsertionEffectAlwaysWithSyncFallback(() => inserts.push("a rule"));

  expect([result, inserts]).toEqual([1, ["a rule"]]);
});
