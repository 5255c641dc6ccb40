import { screen, waitFor, within } from "@testing-library/react";
import { expect, onTestFinished, test } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { aDocument, anOrder, aPreview } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const SUMMARY = { id: "01ANALYSIS", status: "preview", created_at: "2026-11-20T10:02:00Z" } as const;

function servePreview(preview = aPreview()) {
  service.orders = [
    anOrder({
      status_reason_code: "ready_to_pay",
      documents: [aDocument()],
      analysis: SUMMARY,
      quote: { amount: 350, currency: "eur", lines: [] },
    }),
  ];
  service.analysis = preview;
}

async function openDocument() {
  const site = await openSite({ at: "/orders/01ORDER" });
  await site.user.click(await screen.findByText("2 facts found, 1 to review"));
  return site;
}

test("an unpaid order names the facts of a document without their values", async () => {
  servePreview();
  await openDocument();

  expect(screen.getByText("Gross")).toBeVisible();
  expect(screen.getByText("•••,••")).toBeVisible();
  expect(screen.getByText("71% sure")).toHaveClass("fact-doubtful");
  expect(screen.getByText("99% sure")).toHaveClass("fact-certain");
});

test("the outline of the first page has the places of its facts only", async () => {
  servePreview();
  await openDocument();

  const outline = screen.getByRole("img", { name: "The first page with the place of 1 fact" });
  expect(
    within(outline)
      .getAllByText("Invoice number")
      .map(({ tagName }) => tagName),
  ).toContain("text");
  expect(outline.querySelectorAll("rect")).toHaveLength(1);
  expect(screen.queryByRole("button", { name: /Gross/ })).toBeNull();
});

test("the page of the preview lists the same facts, and marks their places on the page", async () => {
  servePreview();
  const pages = [{ number: 1, thumbnail_url: "/t", picture_url: "/p", width: 100, height: 141 }];
  service.details.set("01ORDER-01DOC", { ...aDocument(), download_url: null, pages });
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText("•••,••")).toBeVisible();
  expect(screen.getByText("71% sure")).toHaveClass("fact-doubtful");
  expect(screen.queryByText("Select a fact to see its location on the page.")).toBeNull();
  await user.click(screen.getByRole("button", { name: /Invoice number/ }));

  expect(await screen.findByRole("img", { name: "Location of the fact" })).toBeVisible();
  await user.keyboard("b");
  expect(document.querySelectorAll(".boxes rect")).toHaveLength(1);
});

test("a fact is marked on the outline until it is chosen again", async () => {
  servePreview();
  const { user } = await openDocument();
  const fact = screen.getByRole("button", { name: /Invoice number/ });

  await user.click(fact);
  expect(document.querySelector("svg[role=img] [data-state=selected]")).not.toBeNull();

  await user.click(fact);
  expect(document.querySelector("svg[role=img] [data-state=selected]")).toBeNull();
});

test("without a known size of the page there is a list only", async () => {
  servePreview(aPreview({ first_page_size: null }));
  await openDocument();

  expect(screen.getByText("Invoice number")).toBeVisible();
  expect(document.querySelector("svg[role=img]")).toBeNull();
});

test("facts that a preview does not name are counted", async () => {
  servePreview(aPreview({ fact_count: 120 }));
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.click(await screen.findByText("120 facts found, 1 to review"));

  expect(screen.getByText("118 more facts")).toBeVisible();
});

test("a document without facts says so, and opens nothing", async () => {
  servePreview(aPreview({ fact_count: 0, doubtful_count: 0, fact_previews: [] }));
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText("No facts found")).toBeVisible();
  expect(document.querySelector("details.more")).toBeNull();
});

test("documents beyond the first ones are shown on request", async () => {
  const preview = aPreview();
  const [document] = preview.result.documents;
  if (!document) throw new Error("no document");
  preview.result.documents = Array.from({ length: 60 }, (_, at) => ({
    ...document,
    document_id: `01ORDER-${at}`,
    filename: `scan-${at}.pdf`,
  }));
  servePreview(preview);
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await screen.findByText("scan-4.pdf");
  expect(screen.queryByText("scan-5.pdf")).toBeNull();

  await user.click(screen.getByRole("button", { name: "Show more documents" }));
  expect(await screen.findByText("scan-49.pdf")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Show more documents" }));

  expect(await screen.findByText("scan-59.pdf")).toBeVisible();
});

test("in German the facts have German names", async () => {
  servePreview();
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByText("2 facts found, 1 to review");

  onTestFinished(() => setLanguage("en"));
  await setLanguage("de");

  expect(await screen.findByText("2 Angaben gefunden, 1 zu prüfen")).toBeVisible();
});

test("the preview is forgotten when the order is paid", async () => {
  servePreview();
  const { store } = await openSite({ at: "/orders/01ORDER" });
  await screen.findByText("2 facts found, 1 to review");
  const { ordersGet } = await import("@/features/orders/api/getOrder");

  const [order] = service.orders;
  if (!order) throw new Error("no order");
  service.change(order, { status: "completed", status_reason_code: "completed" });
  await store.dispatch(ordersGet.initiate({ orderId: "01ORDER" }, { subscribe: false, forceRefetch: true }));

  expect(await screen.findByRole("link", { name: "Open the analysis" })).toBeVisible();
  await waitFor(() => expect(JSON.stringify(store.getState())).not.toContain("fact_previews"));
});
