import { expect, test } from "vitest";
import { returnPath } from "./returnPath";

test.each([
  "/orders/01ORDER/analysis",
  "/orders?status=completed#top",
  "/orders/a%2Fb",
  "/orders?next=https://evil.example/",
])("login returns to %s", (from) => {
  expect(returnPath({ from })).toBe(from);
});

test.each([
  ["two slashes", "//evil.example"],
  ["three slashes", "///evil.example"],
  ["a slash and a backslash", "/\\evil.example"],
  ["two backslashes", "\\\\evil.example"],
  ["a backslash and a slash", "\\/evil.example"],
  ["another origin", "https://evil.example/"],
  ["a scheme without slashes", "https:evil.example"],
  ["a script", "javascript:alert(1)"],
  ["a script after a blank", " javascript:alert(1)"],
  ["data", "data:text/html,<script>alert(1)</script>"],
  ["a blank before slashes", " //evil.example"],
  ["a tab between slashes", "/\t/evil.example"],
  ["a line feed between slashes", "/\n/evil.example"],
  ["a carriage return before a backslash", "/\r\\evil.example"],
  ["a control character in front", "\u0000//evil.example"],
  ["slashes behind a dot segment", "/.//evil.example"],
  ["slashes behind a parent segment", "/orders/..//evil.example"],
  ["slashes behind an encoded dot segment", "/%2e//evil.example"],
  ["slashes behind an encoded parent segment", "/orders/%2E%2e//evil.example"],
  ["encoded slashes", "%2F%2Fevil.example"],
  ["an encoded scheme", "https%3A%2F%2Fevil.example"],
  ["no path at all", "evil.example"],
  ["an invalid host", "//["],
  ["nothing", ""],
])("login never leads to another origin: %s", (_case, from) => {
  expect(returnPath({ from })).toBe("/orders");
});

test.each(["/%2F%2Fevil.example", "/%5Cevil.example", "/%09/evil.example"])(
  "%s stays a path of this site",
  (from) => {
    const path = returnPath({ from });

    expect(new URL(path, window.location.origin).origin).toBe(window.location.origin);
    expect(path).toMatch(/^\/(?![/\\])/);
  },
);

test.each([
  null,
  undefined,
  "/orders/01ORDER",
  {},
  { from: 7 },
  { from: null },
  { from: ["//evil.example"] },
])("a state without a path (%j) leads to the orders", (state) => {
  expect(returnPath(state)).toBe("/orders");
});
