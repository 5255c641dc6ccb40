import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { FactResponse } from "@/lib/api/client.generated";
import { setLanguage } from "@/lib/i18n";
import { aFact, aReading, servePaid } from "@/testing/analyses";
import { aDocument } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const scan = (number: number, facts: FactResponse[]) =>
  aReading({
    document_id: `01ORDER-${number}`,
    filename: `scan-${number}.pdf`,
    page_count: 2,
    headline: `Headline ${number}`,
    facts,
  });

const DOUBTFUL = { doubtful: true, confidence: 0.6 };

beforeEach(() => {
  const documents = [
    scan(1, [
      aFact({ name: "invoice_number", value: "TP-1", normalised: "TP-1" }),
      aFact({ name: "seller", value: "Acme", normalised: null }),
      aFact({
        name: "net",
        value: "€ 100.00",
        normalised: { minor: 10_000, currency: "eur" },
        box: [0.5, 0.5, 0.7, 0.53],
        ...DOUBTFUL,
      }),
      aFact({ name: "gross" }),
    ]),
    scan(2, [
      aFact({ name: "buyer", value: "Beta", normalised: null }),
      aFact({ name: "total", value: "€ 7.00", page: 2, ...DOUBTFUL }),
    ]),
  ];
  servePaid(documents);
  for (const { document_id } of documents)
    service.details.set(document_id, {
      ...aDocument({ id: document_id }),
      download_url: null,
      pages: [1, 2].map((number) => ({
        number,
        thumbnail_url: `http://bucket.test/t${number}.webp`,
        picture_url: `http://bucket.test/p${number}.webp`,
        width: 1000,
        height: 2000,
      })),
    });
});

const ANALYSIS = "/orders/01ORDER/analysis";
const pressed = () => screen.queryByRole("button", { pressed: true })?.textContent;
const changes = () => service.calls.filter(({ method }) => method === "PUT").map(({ body }) => body);
const pageOne = () => screen.findByAltText("Page 1 of scan-1.pdf");

test("the first page opens at once", async () => {
  await openSite({ at: ANALYSIS });

  expect(await pageOne()).toBeVisible();
  expect(screen.queryByRole("img", { name: "Location of the fact" })).toBeNull();
});

test("the address holds the document and the fact", async () => {
  await openSite({ at: `${ANALYSIS}?document=01ORDER-2&fact=total` });

  expect(await screen.findByRole("img", { name: "Page 2 of scan-2.pdf" })).toBeVisible();
  expect(screen.getByRole("button", { name: /Total/, pressed: true })).toBeVisible();
  expect(screen.getByRole("button", { name: /^scan-2.pdf/ })).toHaveAttribute("aria-current", "true");
});

test("a document that the address names is loaded from a later page", async () => {
  const documents = Array.from({ length: 70 }, (_, at) => scan(at + 1, []));
  if (service.analysis) service.analysis.result.documents = documents;
  await openSite({ at: `${ANALYSIS}?document=01ORDER-66` });

  expect(await screen.findByRole("heading", { name: "scan-66.pdf" })).toBeVisible();
});

test("doubtful facts come first, and the others are in sections", async () => {
  await openSite({ at: ANALYSIS });
  await pageOne();
  const list = screen.getByRole("region", { name: "Facts" });

  expect(
    within(list)
      .getAllByRole("heading")
      .map(({ textContent }) => textContent),
  ).toEqual(["To review", "Document", "Parties", "Sums and payment"]);
  expect(within(list).getAllByRole("button")[0]).toHaveTextContent("€ 100.00");
});

test("in the order of the document, sums are as they are on the page", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  await pageOne();

  await user.selectOptions(
    screen.getByRole("combobox", { name: "Order of the facts" }),
    "As in the document",
  );

  const list = screen.getByRole("region", { name: "Facts" });
  expect(within(list).getAllByRole("button").at(-3)).toHaveTextContent("Net");
  expect(within(list).getAllByRole("button").at(-2)).toHaveTextContent("Gross");
});

test("facts are searched by name and value", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  await pageOne();
  const list = screen.getByRole("region", { name: "Facts" });

  await user.keyboard("/");
  await user.keyboard("acm");
  await waitFor(() => expect(within(list).getAllByRole("button")).toHaveLength(1));
  expect(within(list).getByRole("button")).toHaveTextContent("Seller");

  await user.keyboard("zzz");
  expect(await screen.findByText("No fact has these words.")).toBeVisible();
});

test("each document shows how many facts are to be reviewed", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  await pageOne();
  const documents = screen.getByRole("navigation", { name: "Documents" });
  expect(within(documents).getByRole("button", { name: /^scan-1.pdf.*1 to review/ })).toBeVisible();

  await user.keyboard("na");

  expect(await within(documents).findByRole("button", { name: /^scan-1.pdf.*Reviewed/ })).toBeVisible();
});

test("single keys go to each doubtful fact, in all documents", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  await pageOne();

  await user.keyboard("n");
  await waitFor(() => expect(pressed()).toContain("Net"));
  await user.keyboard("n");
  await waitFor(() => expect(pressed()).toContain("Total"));
  expect(await screen.findByRole("heading", { name: "scan-2.pdf" })).toBeVisible();
  await waitFor(() => expect(screen.getByRole("button", { name: /Total/ })).toHaveFocus());
  await user.keyboard("n");

  await waitFor(() => expect(pressed()).toContain("Net"));
});

test("single keys go from document to document and from page to page", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  await pageOne();

  await user.keyboard("d");
  expect(await screen.findByRole("img", { name: "Page 1 of scan-2.pdf" })).toBeVisible();
  await user.keyboard(".");
  expect(await screen.findByRole("img", { name: "Page 2 of scan-2.pdf" })).toBeVisible();
  await user.keyboard("{Shift>}D{/Shift}");

  expect(await pageOne()).toBeVisible();
});

test("single keys are turned off in the help, and a click still selects", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  await pageOne();

  await user.keyboard("?");
  await user.click(await screen.findByRole("switch", { name: "Single-key shortcuts" }));
  await user.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("n");

  expect(pressed()).toBeUndefined();
  await user.click(screen.getByRole("button", { name: /Net/ }));
  expect(pressed()).toContain("Net");
});

test("the page is zoomed, fitted and rotated", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  const image = await pageOne();
  const stage = image.closest<HTMLElement>(".page-stage");
  const zoom = () => stage?.style.getPropertyValue("--zoom");

  await user.click(screen.getByRole("button", { name: "Zoom in" }));
  expect(zoom()).toBe("1.25");
  await user.keyboard("+");
  expect(zoom()).toBe("1.5");
  await user.click(screen.getByRole("button", { name: "Fit the page" }));
  expect([zoom(), stage?.dataset.fit]).toEqual(["1", "width"]);
  await user.click(screen.getByRole("button", { name: "Fit the page" }));
  expect(stage?.dataset.fit).toBe("page");
  expect(screen.getByRole("button", { name: "Zoom out" })).toHaveAttribute("aria-disabled", "true");
  await user.keyboard("r");

  expect(stage?.dataset.sideways).toBe("true");
  expect(stage?.style.getPropertyValue("--ratio")).toBe("2");
});

test("a small page leads to its large one", async () => {
  const { user } = await openSite({ at: `${ANALYSIS}?document=01ORDER-1&fact=net` });
  await pageOne();

  await user.click(screen.getByRole("button", { name: "Page 2" }));

  expect(await screen.findByRole("img", { name: "Page 2 of scan-1.pdf" })).toBeVisible();
  expect(pressed()).toContain("Net");
});

test("the boxes of all facts are shown on request, and one is selected by a click", async () => {
  const { user } = await openSite({ at: ANALYSIS });
  await pageOne();

  await user.click(screen.getByRole("button", { name: "Show the boxes of all facts" }));
  const box = document.querySelectorAll(".boxes rect")[2];
  expect(box).toHaveTextContent("Net: € 100.00");
  fireEvent.click(box as Element);

  expect(await screen.findByRole("button", { name: /Net/, pressed: true })).toBeVisible();
});

test("steps go on in documents that are not loaded yet", async () => {
  const documents = Array.from({ length: 120 }, (_, at) => scan(at + 1, []));
  documents[0] = scan(1, [aFact({ name: "gross" })]);
  documents[69] = scan(70, [aFact({ name: "net", ...DOUBTFUL })]);
  documents[110] = scan(111, [aFact({ name: "total", ...DOUBTFUL })]);
  if (service.analysis) service.analysis.result.documents = documents;
  const { user } = await openSite({ at: `${ANALYSIS}?document=01ORDER-1` });
  await screen.findByRole("button", { name: /Gross/ });

  await user.keyboard("n");
  await waitFor(() => expect(pressed()).toContain("Net"));
  await user.keyboard("j");
  await waitFor(() => expect(pressed()).toContain("Total"));
  await user.keyboard("n");

  await waitFor(() => expect(pressed()).toContain("Net"));
  expect(screen.getByRole("button", { name: /Net/, pressed: true })).toHaveFocus();
});

test("a step that waits for documents leaves what is selected meanwhile", async () => {
  const documents = Array.from({ length: 120 }, (_, at) => scan(at + 1, []));
  documents[0] = scan(1, [aFact({ name: "gross" }), aFact({ name: "seller" })]);
  documents[69] = scan(70, [aFact({ name: "net", ...DOUBTFUL })]);
  if (service.analysis) service.analysis.result.documents = documents;
  const { user } = await openSite({ at: `${ANALYSIS}?document=01ORDER-1` });
  await screen.findByRole("button", { name: /Gross/ });
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  service.holds.push({ match: /^GET .*analysis/, until });

  await user.keyboard("n");
  await user.click(screen.getByRole("button", { name: /Seller/ }));
  release();

  await waitFor(() => expect(screen.getAllByText("scan-70.pdf")).not.toHaveLength(0));
  expect(pressed()).toContain("Seller");
});

test("panes are resized by keyboard and stay so", async () => {
  const { user, unmount } = await openSite({ at: ANALYSIS });
  await pageOne();
  const splitter = screen.getByRole("separator", { name: "Width of the facts" });

  splitter.focus();
  await user.keyboard("{ArrowRight}");
  expect(splitter).toHaveAttribute("aria-valuenow", "424");
  await user.keyboard("{Home}");
  expect(splitter).toHaveAttribute("aria-valuenow", "280");
  unmount();
  await openSite({ at: ANALYSIS });

  expect(await screen.findByRole("separator", { name: "Width of the facts" })).toHaveAttribute(
    "aria-valuenow",
    "280",
  );
});

/** Opens the correction of the net amount with the layer that takes a place on the page. */
async function openPlace() {
  const { user } = await openSite({ at: `${ANALYSIS}?document=01ORDER-1&fact=net` });
  await pageOne();
  await screen.findByRole("group", { name: "Review of Net" });
  await user.keyboard("c");
  await user.click(screen.getByRole("button", { name: "Mark on the page" }));
  const layer = await screen.findByRole("application");
  vi.spyOn(layer, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 100, 200));
  layer.setPointerCapture = () => undefined;
  return { user, layer };
}

test("a fact is corrected by the value at another place of the page", async () => {
  const { user, layer } = await openPlace();

  fireEvent.pointerDown(layer, { button: 0, clientX: 60, clientY: 123 });
  fireEvent.pointerUp(layer, { clientX: 60, clientY: 123 });
  const value = await screen.findByRole("textbox", { name: /Right value/ });
  await waitFor(() => expect(value).toHaveValue("119.00 EUR"));
  expect(value).toHaveFocus();
  await user.keyboard("{Enter}");

  await waitFor(() =>
    expect(changes()).toEqual([
      { action: "correct", value: "119.00 EUR", page: 1, box: [0.5, 0.6, 0.7, 0.63] },
    ]),
  );
});

test("a box is drawn around the right value, which is typed", async () => {
  const { user, layer } = await openPlace();

  fireEvent.pointerDown(layer, { button: 0, clientX: 10, clientY: 20 });
  fireEvent.pointerMove(layer, { clientX: 30, clientY: 30 });
  fireEvent.pointerUp(layer, { clientX: 30, clientY: 30 });
  expect(await screen.findByText("Marked on page 1")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() =>
    expect(changes()).toEqual([
      { action: "correct", value: "100.00 EUR", page: 1, box: [0.1, 0.1, 0.3, 0.15] },
    ]),
  );
});

test("a box is placed by keyboard alone", async () => {
  const { user, layer } = await openPlace();
  expect(layer).toHaveFocus();

  await user.keyboard("{ArrowRight}{Shift>}{ArrowDown}{/Shift}{Enter}");

  expect(await screen.findByText("Marked on page 1")).toBeVisible();
  expect(screen.getByRole("textbox", { name: /Right value/ })).toHaveFocus();
  await user.keyboard("{Enter}");
  await waitFor(() =>
    expect(changes()).toEqual([
      { action: "correct", value: "100.00 EUR", page: 1, box: [0.505, 0.5, 0.705, 0.535] },
    ]),
  );
});

const TEXT = {
  page: 1,
  turned: 0 as const,
  lines: [
    {
      words: [
        { text: "Total", box: [0.1, 0.1, 0.2, 0.12] as [number, number, number, number] },
        { text: "EUR", box: [0.3, 0.1, 0.35, 0.12] as [number, number, number, number] },
        { text: "1,100.00", box: [0.36, 0.1, 0.5, 0.12] as [number, number, number, number] },
      ],
    },
  ],
};

/** Opens the correction of the net amount with the layer that takes words. */
async function openWords() {
  service.texts.set("01ORDER-1/1", TEXT);
  const { user } = await openSite({ at: `${ANALYSIS}?document=01ORDER-1&fact=net` });
  await pageOne();
  await screen.findByText(/^Total/, { selector: ".page-text span" });
  await user.keyboard("c");
  await user.click(screen.getByRole("button", { name: "Choose words" }));
  const layer = await screen.findByRole("application");
  vi.spyOn(layer, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 100, 200));
  layer.setPointerCapture = () => undefined;
  return { user, layer };
}

function drag(layer: HTMLElement, from: [number, number], to: [number, number]) {
  fireEvent.pointerDown(layer, { button: 0, clientX: from[0], clientY: from[1] });
  fireEvent.pointerMove(layer, { clientX: to[0], clientY: to[1] });
  fireEvent.pointerUp(layer, { clientX: to[0], clientY: to[1] });
}

test("a fact is corrected by words that are dragged over", async () => {
  const { user, layer } = await openWords();

  drag(layer, [32, 22], [45, 22]);
  const value = await screen.findByRole("textbox", { name: /Right value/ });
  await waitFor(() => expect(value).toHaveValue("1100.00 EUR"));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() =>
    expect(changes()).toEqual([
      { action: "correct", value: "1100.00 EUR", page: 1, box: [0.3, 0.1, 0.5, 0.12] },
    ]),
  );
});

test("words that are no amount mark their place, and the value is typed", async () => {
  const { layer } = await openWords();

  drag(layer, [15, 22], [15, 22]);

  expect(await screen.findByText(/“Total” has no form of this fact/)).toBeVisible();
  expect(screen.getByRole("textbox", { name: /Right value/ })).toHaveValue("100.00 EUR");
  expect(screen.getByText("Marked on page 1")).toBeVisible();
});

test("words are chosen by keyboard alone", async () => {
  const { user, layer } = await openWords();
  expect(layer).toHaveFocus();

  const scrolled: string[] = [];
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) {
    scrolled.push(this.parentElement?.getAttribute("class") ?? "");
  });
  // The first key takes the word that is nearest to the place of the fact.
  await user.keyboard("{ArrowDown}");
  expect(await screen.findByRole("textbox", { name: /Right value/ })).toHaveValue("1100.00 EUR");
  expect(scrolled).toEqual(["placed"]);
  await user.keyboard("{ArrowLeft}{Shift>}{ArrowRight}{/Shift}{Enter}");

  const value = screen.getByRole("textbox", { name: /Right value/ });
  expect(value).toHaveValue("1100.00 EUR");
  expect(value).toHaveFocus();
});

test("a page has its text once, which is asked for when it is shown", async () => {
  service.texts.set("01ORDER-1/1", TEXT);
  const { user } = await openSite({ at: ANALYSIS });
  await screen.findByText(/^1,100.00/, { selector: ".page-text span" });

  await user.click(screen.getByRole("button", { name: "Next page" }));
  await screen.findByAltText("Page 2 of scan-1.pdf");
  await user.click(screen.getByRole("button", { name: "Previous page" }));
  await screen.findByText(/^1,100.00/, { selector: ".page-text span" });

  const texts = service.calls.filter(({ path }) => path.endsWith("/text"));
  expect(texts.map(({ path }) => path)).toEqual([
    "/documents/01ORDER-1/pages/1/text",
    "/documents/01ORDER-1/pages/2/text",
  ]);
});

test("a review shows who made it, in German too", async () => {
  onTestFinished(() => setLanguage("en"));
  const { user } = await openSite({ at: `${ANALYSIS}?document=01ORDER-1&fact=net` });
  await screen.findByRole("group", { name: "Review of Net" });
  await user.keyboard("a");
  expect(await screen.findByText(/^Reviewed by you/)).toBeVisible();

  await setLanguage("de");

  expect(await screen.findByText(/^Von Ihnen geprüft/)).toBeVisible();
  expect(screen.getByText("1 von 1 geprüft")).toBeVisible();
});

test("all documents are printed, and one is shown", async () => {
  await openSite({ at: ANALYSIS });
  await pageOne();

  act(() => void window.dispatchEvent(new Event("beforeprint")));
  expect(screen.getByText("Beta")).toBeVisible();
  act(() => void window.dispatchEvent(new Event("afterprint")));

  expect(screen.queryByText("Beta")).toBeNull();
});
