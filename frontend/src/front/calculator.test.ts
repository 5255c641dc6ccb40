import { expect, it } from "vitest";
import { filledPage } from "../testing/filledPage";
import { formatMoney, priceOf } from "./calculator";

const PRICES = { base: 200, per_page: 50, currency: "eur" };

it("adds the price of each page to that of the order", () => {
  expect(priceOf(PRICES, 10)).toBe(700);
});

it("charges nothing for an order without a page", () => {
  expect(priceOf(PRICES, 0)).toBe(0);
});

it.each(["en", "de"])("writes a price as the page does before its script runs: %s", (language) => {
  expect(formatMoney(PRICES.base, "eur", language)).toBe(filledPage(`{{prices.base.${language}}}`));
});

it("writes an amount with the decimals of its currency", () => {
  expect(formatMoney(1205, "jpy", "en")).toBe("¥1,205");
  expect(formatMoney(1205, "eur", "en")).toBe("€12.05");
});
