/** The price list of the API: minor units of the currency. */
export interface PriceList {
  base: number;
  per_page: number;
  currency: string;
}

const PRICES = "/api/v1/prices";
const MOST_PAGES = 100_000;

/** The price of an order with so many pages that were read; nothing is charged for an order without any. */
export function priceOf(prices: PriceList, pages: number): number {
  return pages > 0 ? prices.base + prices.per_page * pages : 0;
}

export function formatMoney(minorUnits: number, currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency: currency.toUpperCase() });
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/**
 * Shows the prices of the API in place of those that the page was published with, and the calculator. If the API does
 * not answer, the published prices stay, and there is no calculator.
 */
export async function calculate(calculator: HTMLElement): Promise<void> {
  const prices = await fetchPrices();
  if (!prices) return;
  const language = document.documentElement.lang;
  const money = (minorUnits: number) => formatMoney(minorUnits, prices.currency, language);
  for (const shown of document.querySelectorAll("[data-price]"))
    shown.textContent = money(shown.getAttribute("data-price") === "base" ? prices.base : prices.per_page);

  const input = calculator.querySelector("input");
  const output = calculator.querySelector("output");
  if (!input || !output) return;
  const show = () => {
    const pages = Math.min(MOST_PAGES, Math.max(0, Math.floor(input.valueAsNumber || 0)));
    output.textContent = money(priceOf(prices, pages));
  };
  input.addEventListener("input", show);
  show();
  calculator.hidden = false;
}

async function fetchPrices(): Promise<PriceList | null> {
  try {
    const response = await fetch(PRICES, { headers: { accept: "application/json" } });
    return response.ok ? ((await response.json()) as PriceList) : null;
  } catch {
    return null;
  }
}
