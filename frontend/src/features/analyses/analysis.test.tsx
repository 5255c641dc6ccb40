import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import { latestAnnouncement } from "@/components/announce";
import type { AnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import { setLanguage } from "@/lib/i18n";
import { aDocument, anOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";
import { groupFacts } from "./groupFacts";

function aFact(change: Partial<FactResponse> = {}): FactResponse {
  return {
    id: `${change.name ?? "gross"} ${change.value} ${change.page}`,
    doubtful: false,
    corrected: false,
    reader_value: null,
    review: null,
    name: "gross",
    value: "€ 119.00",
    normalised: { minor: 11_900, currency: "eur" },
    page: 2,
    box: [0.5, 0.6, 0.7, 0.63],
    confidence: 0.97,
    source: "text",
    ...change,
  };
}

function anAnalysis(facts: FactResponse[], preview = false): AnalysisResponse {
  return {
    id: "01ANALYSIS",
    order_id: "01ORDER",
    status: "completed",
    created_at: "2026-11-20T10:02:00Z",
    result: {
      preview,
      documents: [
        {
          document_id: "01ORDER-01DOC",
          filename: "invoice.pdf",
          kind: "invoice",
          language: "en",
          page_count: 2,
          headline: "Invoice 118",
          etag: preview ? null : '"1.0"',
          facts,
        },
      ],
      contradictions: [
        {
          code: "lines_do_not_add_up",
          params: { sum: "120.00", net: "€ 100.00" },
          text: "The API's own message.",
          document_ids: ["01ORDER-01DOC"],
          documents: [{ document_id: "01ORDER-01DOC", page: null }],
        },
      ],
      unreadable: [
        {
          document_id: "01ORDER-02",
          filename: "locked.pdf",
          title: null,
          reason: "The API's own message.",
          code: "password_protected",
          params: {},
        },
      ],
      totals: [{ currency: "eur", amount: 11_900, documents: 1 }],
      timeline: [{ date: "2026-03-01", name: "issue_date", document_id: "01ORDER-01DOC", page: 1 }],
    },
  };
}

function serveAnalysis(analysis: AnalysisResponse) {
  const summary = { id: "01ANALYSIS", status: analysis.status, created_at: analysis.created_at };
  service.orders = [anOrder({ status: "completed", documents: [aDocument()], analysis: summary })];
  service.analysis = analysis;
  service.details.set("01ORDER-01DOC", {
    ...aDocument(),
    download_url: "http://bucket.test/file",
    pages: [1, 2].map((number) => ({
      number,
      thumbnail_url: `http://bucket.test/t${number}.webp`,
      picture_url: `http://bucket.test/p${number}.webp`,
      width: 1000,
      height: 1414,
    })),
  });
}

test("the documents of a long analysis are loaded on demand, and the facts of the whole order stay", async () => {
  const analysis = anAnalysis([]);
  const [document] = analysis.result.documents;
  if (!document) throw new Error("no document");
  analysis.result.documents = Array.from({ length: 70 }, (_, at) => ({
    ...document,
    document_id: `01ORDER-${at}`,
    filename: `scan-${at}.pdf`,
  }));
  serveAnalysis(analysis);
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByText("scan-49.pdf");
  expect(screen.queryByText(/scan-69.pdf/)).toBeNull();

  await user.click(screen.getByRole("button", { name: "Show more documents" }));

  expect(await screen.findByText("scan-69.pdf")).toBeVisible();
  expect(screen.getByRole("heading", { name: /scan-0.pdf/ })).toBeVisible();
  expect(screen.getByText(/1 contradiction$/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show more documents" })).toBeNull();
});

test("a selected fact shows its page with its box", async () => {
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: /Gross/ }));

  expect(await screen.findByRole("img", { name: "Page 2 of invoice.pdf" })).toHaveAttribute(
    "src",
    "http://bucket.test/p2.webp",
  );
  const mark = screen.getByRole("img", { name: "Location of the fact" }).querySelector("rect");
  expect(Number(mark?.getAttribute("x"))).toBeCloseTo(0.496);
  expect(Number(mark?.getAttribute("width"))).toBeCloseTo(0.208);
});

test("the keyboard steps from fact to fact", async () => {
  serveAnalysis(anAnalysis([aFact(), aFact({ name: "issue_date", page: 1, box: [0.1, 0.1, 0.2, 0.2] })]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByRole("button", { name: /Gross/ });

  await user.keyboard("j");
  expect(await screen.findByRole("button", { name: /Issued/, pressed: true })).toBeVisible();
  await user.keyboard("j");

  expect(await screen.findByRole("img", { name: "Page 2 of invoice.pdf" })).toBeVisible();
  expect(screen.getByRole("button", { name: /Gross/, pressed: true })).toBeVisible();
});

test("the keyboard steps through facts with the same box", async () => {
  serveAnalysis(
    anAnalysis([
      aFact({ name: "gross", value: "EUR 119.00" }),
      aFact({ name: "currency", value: "EUR" }),
      aFact({ name: "net", value: "100.00", box: [0.1, 0.1, 0.2, 0.2] }),
    ]),
  );
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByRole("button", { name: /Gross/ });
  const pressed = () =>
    screen.getAllByRole("button", { pressed: true }).map(({ textContent }) => textContent);

  await user.keyboard("jj");
  expect(pressed()).toEqual([expect.stringContaining("Currency")]);
  await user.keyboard("j");
  expect(pressed()).toEqual([expect.stringContaining("Net")]);
  await user.keyboard("kk");
  expect(pressed()).toEqual([expect.stringContaining("Gross")]);
});

test("stepping to a fact focuses it, and scrolls it and the workspace into view", async () => {
  const scrolled: { element: Element; behavior: unknown }[] = [];
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element, options) {
    scrolled.push({ element: this, behavior: typeof options === "object" ? options.behavior : undefined });
  });
  serveAnalysis(anAnalysis([aFact(), aFact({ name: "net" })]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByRole("img", { name: "Page 1 of invoice.pdf" });

  await user.keyboard("jj");

  const net = screen.getByRole("button", { name: /Net/ });
  expect(net).toHaveFocus();
  const workspace = net.closest("[data-workspace]");
  expect(scrolled.slice(-2)).toEqual([net, workspace].map((element) => ({ element, behavior: "smooth" })));
});

test.each(["beside", "above"])(
  "the highlight of a selected fact is scrolled into view with the page %s the facts",
  async (side) => {
    const block = "nearest";
    const real = window.matchMedia.bind(window);
    vi.spyOn(window, "matchMedia").mockImplementation((query) => {
      const list = real(query);
      return query.includes("max-width")
        ? Object.defineProperty(list, "matches", { value: side === "above" })
        : list;
    });
    const scrolled: { y: string | null; block: unknown }[] = [];
    vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element, options) {
      if (this.tagName.toLowerCase() !== "rect") return;
      scrolled.push({ y: this.getAttribute("y"), block: typeof options === "object" && options.block });
    });
    serveAnalysis(anAnalysis([aFact(), aFact({ name: "net", box: [0.5, 0.8, 0.7, 0.83] })]));
    const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

    await user.click(await screen.findByRole("button", { name: /Gross/ }));
    await waitFor(() => expect(scrolled.at(-1)).toEqual({ y: "0.596", block }));
    await user.click(screen.getByRole("button", { name: /Net/ }));

    await waitFor(() => expect(scrolled.at(-1)).toEqual({ y: "0.796", block }));
  },
);

test("with reduced motion, scrolling is instant", async () => {
  const behaviors: unknown[] = [];
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation((options) => {
    behaviors.push(typeof options === "object" ? options.behavior : undefined);
  });
  const real = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) => {
    const list = real(query);
    return query.includes("reduced-motion") ? Object.defineProperty(list, "matches", { value: true }) : list;
  });
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByRole("button", { name: /Gross/ });

  await user.keyboard("j");

  await waitFor(() => expect(behaviors).not.toEqual([]));
  expect(new Set(behaviors)).toEqual(new Set(["instant"]));
});

test("the keyboard steps on from the selected fact after the page was turned", async () => {
  serveAnalysis(anAnalysis([aFact(), aFact({ name: "net" }), aFact({ name: "tax" })]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByRole("button", { name: /Gross/ });
  await user.keyboard("jj");
  await user.click(await screen.findByRole("button", { name: "Previous page" }));

  await user.keyboard("j");

  expect(screen.getByRole("button", { name: /Tax/, pressed: true })).toBeVisible();
});

test("an image with an expired URL is fetched from a new one", async () => {
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: /Gross/ }));
  const image = await screen.findByRole("img", { name: "Page 2 of invoice.pdf" });
  renewUrls("again");

  fireEvent.error(image);

  await waitFor(() =>
    expect(screen.getByRole("img", { name: "Page 2 of invoice.pdf" })).toHaveAttribute(
      "src",
      "http://bucket.test/p2.webp?again",
    ),
  );
  expect(screen.queryByText("The page could not be loaded.")).toBeNull();
});

test("an image that fails at its new URL too shows an error and can be retried", async () => {
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: /Gross/ }));
  const first = await screen.findByRole("img", { name: "Page 2 of invoice.pdf" });
  fireEvent.error(first);
  await waitFor(() => expect(screen.getByRole("img", { name: "Page 2 of invoice.pdf" })).not.toBe(first));
  fireEvent.error(screen.getByRole("img", { name: "Page 2 of invoice.pdf" }));
  expect(await screen.findByText("The page could not be loaded.")).toBeVisible();
  expect(documentCalls()).toBe(2);
  renewUrls("third");

  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("img", { name: "Page 2 of invoice.pdf" })).toHaveAttribute(
    "src",
    "http://bucket.test/p2.webp?third",
  );
});

test("another page is shown after the image of a page failed", async () => {
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: /Gross/ }));
  const first = await screen.findByRole("img", { name: "Page 2 of invoice.pdf" });
  fireEvent.error(first);
  await waitFor(() => expect(screen.getByRole("img", { name: "Page 2 of invoice.pdf" })).not.toBe(first));
  fireEvent.error(screen.getByRole("img", { name: "Page 2 of invoice.pdf" }));
  await screen.findByText("The page could not be loaded.");

  await user.click(screen.getByRole("button", { name: "Previous page" }));

  expect(await screen.findByRole("img", { name: "Page 1 of invoice.pdf" })).toBeVisible();
  expect(screen.queryByText("The page could not be loaded.")).toBeNull();
});

test("a URL may expire more than once", async () => {
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: /Gross/ }));
  for (const query of ["second", "third"]) {
    const image = await screen.findByRole("img", { name: "Page 2 of invoice.pdf" });
    fireEvent.load(image);
    renewUrls(query);
    fireEvent.error(image);
    await waitFor(() =>
      expect(screen.getByRole("img", { name: "Page 2 of invoice.pdf" })).toHaveAttribute(
        "src",
        `http://bucket.test/p2.webp?${query}`,
      ),
    );
  }
});

test("the original is requested with a new URL at each click", async () => {
  const openedUrls: string[] = [];
  vi.spyOn(window.location, "assign").mockImplementation((url) => void openedUrls.push(String(url)));
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  for (const clicks of [1, 2]) {
    await user.click(await screen.findByRole("button", { name: /Download the original/ }));
    // One is that of the page viewer.
    await waitFor(() => expect(documentCalls()).toBe(1 + clicks));
    await waitFor(() => expect(openedUrls).toHaveLength(clicks));
  }
});

const documentCalls = () => service.calls.filter(({ path }) => /^\/documents\/[^/]+$/.test(path)).length;

/** Changes the presigned URLs of the page images. */
function renewUrls(query: string): void {
  for (const [id, detail] of service.details) {
    const pages = detail.pages.map((page) => ({
      ...page,
      picture_url: `${page.picture_url.split("?")[0]}?${query}`,
    }));
    service.details.set(id, { ...detail, pages });
  }
}

test("the confidence is shown of facts that are not sure, and of no others", async () => {
  serveAnalysis(
    anAnalysis([aFact({ id: "1", confidence: 0.62 }), aFact({ id: "2", name: "net", confidence: 0.97 })]),
  );
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText("62% sure")).toBeVisible();
  expect(screen.getAllByText(/% sure/)).toHaveLength(1);
});

test("contradictions and unreadable files are one line, which opens and leads to their documents", async () => {
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  const summary = await screen.findByText("1 file could not be read · 1 contradiction");
  expect(screen.getByText(/^The line items add up/)).not.toBeVisible();

  await user.click(summary);

  const contradiction = screen.getByText("The line items add up to 120.00, but the net amount is € 100.00.");
  expect(contradiction).toBeVisible();
  await user.click(within(contradiction).getByRole("button", { name: "invoice.pdf" }));
  expect(screen.getByRole("button", { name: /invoice.pdf/, current: true })).toBeVisible();
  expect(
    screen.getByText(/locked.pdf could not be read and was not charged: This PDF is protected by a password/),
  ).toBeVisible();
});

test("of a long timeline the first dates are shown, and all on request", async () => {
  const analysis = anAnalysis([aFact()]);
  analysis.result.timeline = Array.from({ length: 30 }, (_, at) => ({
    date: `2026-03-${String(at + 1).padStart(2, "0")}`,
    name: "due_date",
    document_id: "01ORDER-01DOC",
    page: 1,
  }));
  serveAnalysis(analysis);
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  const timeline = await screen.findByRole("region", { name: "Timeline" });
  expect(within(timeline).getAllByRole("listitem")).toHaveLength(10);

  await user.click(within(timeline).getByRole("button", { name: "Show all 30 dates" }));

  const entries = within(timeline).getAllByRole("listitem");
  expect(entries).toHaveLength(30);
  expect(within(entries[10] as HTMLElement).getByRole("button")).toHaveFocus();
});

test("a preview is marked and has no downloads", async () => {
  serveAnalysis(anAnalysis([], true));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText(/This is the preview/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Download" })).toBeNull();
});

/** A scan with a letter and an invoice of two pages. */
function aScan(preview = false): AnalysisResponse {
  const number = aFact({ name: "invoice_number", value: "TP-1", normalised: "TP-1" });
  const date = aFact({ name: "date", value: "3 March 2026", normalised: "2026-03-03", page: 1 });
  const analysis = anAnalysis(preview ? [] : [aFact({ page: 3 }), date, number], preview);
  const [document] = analysis.result.documents;
  if (!document) throw new Error("no document");
  const properties = { kind_score: 0.9, language: "en", title: null };
  document.kind = "other";
  document.headline = "Dear Mr Smith";
  document.segments = [
    { ...properties, kind: "letter", first_page: 1, last_page: 1, page_count: 1, headline: "Dear Mr Smith" },
    { ...properties, kind: "invoice", first_page: 2, last_page: 3, page_count: 2, headline: "Invoice TP-1" },
  ];
  return analysis;
}

test("the documents of a file follow one after another, each with its facts", async () => {
  serveAnalysis(aScan());
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  const letter = await screen.findByRole("region", { name: "1. Letter, page 1" });
  const invoice = screen.getByRole("region", { name: "2. Invoice, pages 2 to 3" });

  expect(screen.getByText(/^2 documents · 2 pages/)).toBeVisible();
  expect(letter.querySelectorAll("[data-fact]")).toHaveLength(1);
  expect(within(letter).getByText("3 March 2026")).toBeVisible();
  expect(within(invoice).getByText("TP-1")).toBeVisible();
  expect(screen.getAllByText("Dear Mr Smith")).toHaveLength(1);

  await user.click(within(invoice).getByRole("button", { name: "Show the page" }));
  expect(await screen.findByRole("img", { name: "Page 2 of invoice.pdf" })).toBeVisible();
  await user.keyboard("j");
  expect(within(letter).getByRole("button", { pressed: true })).toHaveTextContent("3 March 2026");
  await user.keyboard("j");
  expect(within(invoice).getByRole("button", { pressed: true })).toHaveTextContent("TP-1");
});

test("the preview names the documents of a file", async () => {
  onTestFinished(() => setLanguage("en"));
  await setLanguage("de");
  serveAnalysis(aScan(true));
  await openSite({ at: "/orders/01ORDER/analysis" });

  const invoice = await screen.findByRole("region", { name: "2. Rechnung, Seiten 2 bis 3" });

  expect(within(invoice).getByText("Invoice TP-1")).toBeVisible();
  expect(within(invoice).queryByText("Angaben")).toBeNull();
});

test("what an invoice is called before its number is in the reader's language", async () => {
  onTestFinished(() => setLanguage("en"));
  await setLanguage("de");
  const analysis = anAnalysis([aFact()]);
  for (const document of analysis.result.documents) document.headline = "Invoice R-7 Acme GmbH: 119,00 €";
  serveAnalysis(analysis);
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText("Rechnung R-7 Acme GmbH: 119,00 €")).toBeVisible();
});

test("duplicates within a file are told apart by their pages", async () => {
  const analysis = aScan();
  const documents = [1, 2].map((page) => ({ document_id: "01ORDER-01DOC", page }));
  const duplicates = [{ because: "same_content" as const, document_ids: ["01ORDER-01DOC"], documents }];
  Object.assign(analysis.result, { duplicates, contradictions: [], unreadable: [] });
  serveAnalysis(analysis);
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(
    await screen.findByText(/the same content: invoice.pdf \(page 1\), invoice.pdf \(page 2\)/),
  ).toBeVisible();
});

test("the original of each document can be downloaded", async () => {
  const assign = vi.spyOn(window.location, "assign").mockImplementation(() => undefined);
  serveAnalysis(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "Download the original of invoice.pdf" }));

  await waitFor(() =>
    expect(assign).toHaveBeenCalledWith(service.details.get("01ORDER-01DOC")?.download_url),
  );
});

test("a file that no malware scan has found clean is refused with the reason", async () => {
  serveAnalysis(anAnalysis([aFact()]));
  service.details.set("01ORDER-01DOC", { ...aDocument(), download_url: null, pages: [] });
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "Download the original of invoice.pdf" }));

  expect(await screen.findByText(/No malware scan has found this file clean/)).toBeVisible();
});

test("a computed fact is marked as calculated", async () => {
  serveAnalysis(anAnalysis([aFact({ name: "due_date", value: "14 days net", source: "computed" })]));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByRole("button", { name: /Due.*calculated/ })).toBeVisible();
});

test("line items have column headers, without empty columns", async () => {
  const analysis = anAnalysis([]);
  const [document] = analysis.result.documents;
  const item = {
    description: "Pallet",
    quantity: "3",
    unit: "pcs",
    unit_price: null,
    tax_rate: "19",
    amount: "119.00",
    item_number: "P-4",
    page: 1,
    box: null,
  };
  if (document) document.line_items = [item];
  serveAnalysis(analysis);
  await openSite({ at: "/orders/01ORDER/analysis" });

  const table = await screen.findByRole("table");
  const cells = within(table).getAllByRole("columnheader");

  expect(cells.map(({ textContent }) => textContent)).toEqual([
    "Description",
    "Item number",
    "Quantity",
    "Unit",
    "Tax %",
    "Amount",
  ]);
  expect(within(table).getByRole("cell", { name: "119.00" })).toBeVisible();
});

test("a table is copied whole or by row, for a spreadsheet", async () => {
  const analysis = anAnalysis([]);
  const [document] = analysis.result.documents;
  const rows = [
    ["Item", "Amount"],
    ["Paper", "12.50"],
    ["=1+1", "-3.00"],
  ];
  if (document) document.tables = [{ page: 1, box: null, rows }];
  serveAnalysis(analysis);
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "Copy the table: Table 1" }));
  expect(await navigator.clipboard.readText()).toBe("Item\tAmount\nPaper\t12.50\n'=1+1\t-3.00");

  await user.click(screen.getByRole("button", { name: "Copy row 1" }));
  expect(await navigator.clipboard.readText()).toBe("Paper\t12.50");
  expect(latestAnnouncement()).toMatch(/^Copied/);
});

test("the facts of a document are copied as a table, and the selected one by itself", async () => {
  serveAnalysis(anAnalysis([aFact(), aFact({ name: "seller", value: "Müller\nBerlin", page: 1 })]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "Copy the facts as a table" }));
  expect(await navigator.clipboard.readText()).toBe("Gross\t€ 119.00\t2\t97%\nSeller\tMüller Berlin\t1\t97%");

  await user.click(screen.getByRole("button", { name: /^Gross/ }));
  await user.click(screen.getByRole("button", { name: "Copy the value" }));
  expect(await navigator.clipboard.readText()).toBe("€ 119.00");
  await user.click(screen.getByRole("button", { name: "Copy name and value" }));
  expect(await navigator.clipboard.readText()).toBe("Gross\t€ 119.00");
});

test("the transactions of a statement have column headers", async () => {
  const analysis = anAnalysis([]);
  const [document] = analysis.result.documents;
  const transaction = {
    date: "2026-02-09",
    description: "Rent",
    paid_in: null,
    paid_out: "725.00",
    balance: "275.00",
    page: 1,
    box: null,
    confidence: 0.97,
  };
  if (document) document.transactions = [transaction];
  serveAnalysis(analysis);
  await openSite({ at: "/orders/01ORDER/analysis" });

  const table = await screen.findByRole("table");
  const cells = within(table).getAllByRole("columnheader");

  expect(cells.map(({ textContent }) => textContent)).toEqual(["Date", "Description", "Paid out", "Balance"]);
});

test("an amount is also shown in the user's format", async () => {
  serveAnalysis(anAnalysis([aFact({ value: "119,00 EUR" })]));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByRole("button", { name: /119,00 EUR → €119.00/ })).toBeVisible();
});

test("less likely values, and dates and amounts without a name, are secondary", () => {
  const facts = [
    aFact({ name: "seller", value: "Holzwerk", confidence: 0.95 }),
    aFact({ name: "seller", value: "Atelier", confidence: 0.3 }),
    aFact({ name: "amount", confidence: 0.9 }),
    aFact({ name: "party", value: "A", confidence: 0.7 }),
    aFact({ name: "party", value: "B", confidence: 0.65 }),
  ];

  const { primary, secondary } = groupFacts({ kind: "invoice", facts });

  expect(primary.map(({ value }) => value)).toEqual(["Holzwerk", "A", "B"]);
  expect(secondary).toHaveLength(2);
});

test("the date of a receipt or letter is primary, and other dates are secondary", () => {
  const mainDate = aFact({ name: "date", value: "21/04/2026", confidence: 0.99 });
  const facts = [mainDate, aFact({ name: "date", value: "30/04/2026", confidence: 0.98 })];

  for (const kind of ["receipt", "letter"] as const) {
    const { primary, secondary } = groupFacts({ kind, facts: [aFact({ name: "total" }), ...facts] });
    expect([kind, primary.includes(mainDate), secondary.length]).toEqual([kind, true, 1]);
  }
  expect(groupFacts({ kind: "invoice", facts: [aFact(), ...facts] }).secondary).toEqual(facts);
});

test("all likely values of a repeatable fact are primary", () => {
  const facts = [
    aFact({ name: "party", confidence: 0.9 }),
    aFact({ name: "party", confidence: 0.6 }),
    aFact({ name: "iban", confidence: 0.99 }),
    aFact({ name: "iban", confidence: 0.85 }),
    aFact({ name: "iban", confidence: 0.02 }),
  ];

  expect(groupFacts({ kind: "contract", facts }).secondary).toEqual(facts.slice(-1));
});
