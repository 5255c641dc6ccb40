import { matchPath } from "react-router";
import { expect, test } from "vitest";
import { routeAt, routePatterns, routes } from "./routes";

test.each([
  "/",
  "/login/",
  "/orders",
  "/orders/01A",
  "/orders/01A/analysis",
  "/account/keys",
  "/orders/01A/else",
  "/nowhere",
])("%s is the page that React Router finds", (path) => {
  const expected = Object.entries(routePatterns).find(([, pattern]) => matchPath(pattern, path));

  expect(routeAt(path)?.name).toBe(expected?.[0]);
});

test("an order's path has its id", () => {
  expect(routeAt(routes.analysis("01A"))).toEqual({ name: "analysis", orderId: "01A" });
});
