const OPERATOR = {
  "operator.name": "Example GmbH",
  "operator.address": "Main Street 1\n20457 Hamburg\nGermany",
  "operator.mail": "office@docket.example",
  "operator.vat_id": "DE123456788",
};

const VALUES: Record<string, string> = {
  "site.url": "https://docket.example",
  "site.region": "eu-central-1",
  "prices.base.en": "€2.00",
  "prices.base.de": "2,00\u00a0€",
  "prices.per_page.en": "€0.50",
  "prices.per_page.de": "0,50\u00a0€",
  "deadlines.order_expiry_days": "30",
  "deadlines.completion_minutes": "120",
  "retention.cancelled_days": "30",
  "retention.unused_days": "730",
  "retention.notice_days": "30",
  "retention.invoice_years": "10",
  log_retention_days: "180",
  ...OPERATOR,
};

/** A page without the app as it is published, with the values of a made-up stage: see `infra/website/stage_values.py`. */
export function filledPage(page: string): string {
  return withSections(page).replaceAll(/\{\{([\w.]+)\}\}/g, (_whole, name: string) => {
    const value = VALUES[name];
    if (value === undefined) throw new Error(`The stage has no value ${name}`);
    return value;
  });
}

function withSections(page: string): string {
  return page.replaceAll(
    /\{\{([#^])([\w.]+)\}\}(.*?)\{\{\/\2\}\}/gs,
    (_whole, kind: string, name: string, content: string) =>
      (kind === "#") === name in VALUES ? withSections(content) : "",
  );
}
