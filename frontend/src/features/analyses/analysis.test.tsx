import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { AnalysisView, FactView } from "@/lib/api/client.generated";
import { aDocument, anOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";
import { sorted } from "./components/Facts";

function aFact(change: Partial<FactView> = {}): FactView {
  return {
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

function anAnalysis(facts: FactView[], preview = false): AnalysisView {
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
          facts,
        },
      ],
      contradictions: [
        {
          code: "lines_do_not_add_up",
          text: "The lines of invoice.pdf do not add up.",
          document_ids: ["01ORDER-01DOC"],
        },
      ],
      unreadable: [{ document_id: "01ORDER-02", filename: "locked.pdf", reason: "It has a password." }],
      totals: [{ currency: "eur", amount: 11_900, documents: 1 }],
      timeline: [{ date: "2026-03-01", name: "issue_date", document_id: "01ORDER-01DOC", page: 1 }],
    },
  };
}

function given(analysis: AnalysisView) {
  const asked = { id: "01ANALYSIS", status: analysis.status, created_at: analysis.created_at };
  service.orders = [anOrder({ status: "completed", documents: [aDocument()], analysis: asked })];
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

test("choosing a fact shows its page with its place marked", async () => {
  given(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: /Gross/ }));

  expect(await screen.findByRole("img", { name: "Page 2 of invoice.pdf" })).toHaveAttribute(
    "src",
    "http://bucket.test/p2.webp",
  );
  const mark = screen.getByRole("img", { name: "The place of the fact" }).querySelector("rect");
  expect(Number(mark?.getAttribute("x"))).toBeCloseTo(0.496);
  expect(Number(mark?.getAttribute("width"))).toBeCloseTo(0.208);
});

test("the keyboard steps from fact to fact", async () => {
  given(anAnalysis([aFact(), aFact({ name: "issue_date", page: 1, box: [0.1, 0.1, 0.2, 0.2] })]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByRole("button", { name: /Gross/ });

  await user.keyboard("jj");

  expect(await screen.findByRole("img", { name: "Page 1 of invoice.pdf" })).toBeVisible();
  expect(screen.getByRole("button", { name: /Issued/, pressed: true })).toBeVisible();
});

test("how sure a fact is stands beside it", async () => {
  given(anAnalysis([aFact({ confidence: 0.62 })]));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText("62% sure")).toBeVisible();
});

test("contradictions and unreadable files are said plainly", async () => {
  given(anAnalysis([aFact()]));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText("The lines of invoice.pdf do not add up.")).toBeVisible();
  expect(
    screen.getByText(/locked.pdf could not be read and was not charged: It has a password./),
  ).toBeVisible();
});

test("a preview says that it is one, and keeps the downloads closed", async () => {
  given(anAnalysis([], true));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText(/This is the preview/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "CSV" })).toBeNull();
});

test("each format of the report is fetched when it is asked for, from where the service says", async () => {
  given(anAnalysis([aFact()]));
  const opened: string[] = [];
  vi.spyOn(window.location, "assign").mockImplementation((address) => void opened.push(String(address)));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "CSV" }));
  await user.click(await screen.findByRole("button", { name: "PDF" }));

  await waitFor(() =>
    expect(opened).toEqual(["http://bucket.test/report.csv", "http://bucket.test/report.pdf"]),
  );
});

test("the original of each document can be had beside what it states", async () => {
  const assign = vi.spyOn(window.location, "assign").mockImplementation(() => undefined);
  given(anAnalysis([aFact()]));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "Download the original of invoice.pdf" }));

  await waitFor(() =>
    expect(assign).toHaveBeenCalledWith(service.details.get("01ORDER-01DOC")?.download_url),
  );
});

test("a fact that no page states word for word is said to be worked out", async () => {
  given(anAnalysis([aFact({ name: "due_date", value: "14 days net", source: "computed" })]));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByRole("button", { name: /Due.*worked out/ })).toBeVisible();
});

test("a report that cannot be had says so", async () => {
  given(anAnalysis([aFact()]));
  service.failures.push({
    match: /report/,
    status: 500,
    body: { error: "x", code: "internal", request_id: "r7" },
  });
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "JSON" }));

  expect(await screen.findByText(/r7/)).toBeVisible();
});

test("line items stand under the names of their columns, without those that none of them fills", async () => {
  const analysis = anAnalysis([]);
  const [reading] = analysis.result.documents;
  const item = {
    description: "Pallet",
    quantity: "3",
    unit_price: null,
    amount: "119.00",
    page: 1,
    box: null,
  };
  if (reading) reading.line_items = [item];
  given(analysis);
  await openSite({ at: "/orders/01ORDER/analysis" });

  const table = await screen.findByRole("table");
  const cells = within(table).getAllByRole("columnheader");

  expect(cells.map(({ textContent }) => textContent)).toEqual(["What", "Quantity", "Amount"]);
  expect(within(table).getByRole("cell", { name: "119.00" })).toBeVisible();
});

test("an amount is also shown as the reader of the page would write it", async () => {
  given(anAnalysis([aFact({ value: "119,00 EUR" })]));
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByRole("button", { name: /119,00 EUR → €119.00/ })).toBeVisible();
});

test("readings that are less likely, and dates and amounts without a name, stand apart", () => {
  const { telling, further } = sorted([
    aFact({ name: "seller", value: "Holzwerk", confidence: 0.95 }),
    aFact({ name: "seller", value: "Atelier", confidence: 0.3 }),
    aFact({ name: "amount", confidence: 0.9 }),
    aFact({ name: "party", value: "A", confidence: 0.7 }),
    aFact({ name: "party", value: "B", confidence: 0.65 }),
  ]);

  expect(telling.map(({ value }) => value)).toEqual(["Holzwerk", "A", "B"]);
  expect(further).toHaveLength(2);
});

test("an analysis that nobody has asked for yet is asked for", async () => {
  given(anAnalysis([], true));
  const [order] = service.orders;
  if (order) service.change(order, { analysis: null, status: "pending" });
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText(/This is the preview/)).toBeVisible();
  expect(service.calls.some(({ method, path }) => method === "POST" && path.endsWith("/analysis"))).toBe(
    true,
  );
});
