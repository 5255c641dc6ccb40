import { expect, test } from "vitest";
import { passwordStrength } from "./passwordStrength";

test.each([
  ["", "weak"],
  ["Xk7#q", "weak"],
  ["aaaaaaaaaaaaaaaa", "weak"],
  ["abcdefghijkl", "weak"],
  ["12341234123412341234", "weak"],
  ["violet-8", "fair"],
  ["seven purple bicycles", "strong"],
  ["ünïcödé wörds plain", "strong"],
] as const)("the strength of %j is %s", (password, strength) => {
  expect(passwordStrength(password)).toBe(strength);
});
