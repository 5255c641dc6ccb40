import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { FactResponse } from "@/lib/api/client.generated";
import { setLanguage } from "@/lib/i18n";
import { aFact, aReading, servePaid } from "@/testing/analyses";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";
import { toRequest, toTyped } from "./typedValue";

const DOCUMENT_ID = "01ORDER-01DOC";
const GROSS = aFact({
  id: "3f1c5a7e9b2d4c60",
  page: null,
  box: null,
  confidence: 0.6,
  doubtful: true,
});
const ISSUED: FactResponse = {
  ...GROSS,
  id: "3f1c5a7e9b2d4c61",
  name: "issue_date",
  value: "2 March 2026",
  normalised: "2026-03-02",
};

beforeEach(() => {
  const found = { document_id: DOCUMENT_ID, filename: "invoice.pdf", headline: "Invoice 118" };
  servePaid([aReading({ ...found, facts: [GROSS, ISSUED] })]);
  service.orders = service.orders.map((order) => ({
    ...order,
    progress: { ...order.progress, doubtful: 2, reviewed: 1 },
  }));
});

const documentOf = () => {
  const document = service.analysis?.result.documents[0];
  if (!document) throw new Error("no document");
  return document;
};
/** Responses to changes wait until they are released. */
function hold(): () => void {
  let release = () => {};
  service.holds.push({
    match: /^PUT/,
    until: new Promise((resolve) => {
      release = resolve;
    }),
  });
  return release;
}
const orderOf = () => {
  const order = service.orders[0];
  if (!order) throw new Error("no order");
  return order;
};
const changes = () => service.calls.filter(({ method }) => method === "PUT");

async function openReview(name = /Gross/) {
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name }));
  const review = await screen.findByRole("group", { name: /^(Review|Prüfung)/ });
  return { user, review };
}

test("a fact is corrected by typing, and the reader's value stays beside it", async () => {
  const { user, review } = await openReview();

  await user.click(within(review).getByRole("button", { name: "Correct" }));
  const input = within(review).getByRole("textbox", { name: /Right value/ });
  expect(input).toHaveFocus();
  expect(input).toHaveValue("119.00 EUR");
  await user.clear(input);
  await user.type(input, "1,191.50 EUR{Enter}");

  expect(await screen.findByText("Read as: € 119.00")).toBeVisible();
  expect(screen.getByText("Corrected")).toBeVisible();
  expect(changes()[0]?.body).toEqual({ action: "correct", value: "1191.50 EUR" });
  expect(changes()[0]?.headers.get("if-match")).toBe('"1.0"');
  expect(within(review).getByRole("button", { name: "Correct" })).toHaveFocus();
});

test("a fact is accepted, rejected and returned to what was read by single keys", async () => {
  const { user } = await openReview();

  await user.keyboard("a");
  expect(await screen.findByText("Accepted")).toBeVisible();
  await user.keyboard("x");
  expect(await screen.findByText("Rejected")).toBeVisible();
  await user.keyboard("u");

  await waitFor(() => expect(screen.queryByText("Rejected")).toBeNull());
  expect(changes().map(({ body }) => (body as { action: string }).action)).toEqual([
    "accept",
    "reject",
    "reset",
  ]);
  expect(changes().map(({ headers }) => headers.get("if-match"))).toEqual(['"1.0"', '"1.1"', '"1.2"']);
});

test("a fact is reviewed while the one before it is being saved", async () => {
  const { user } = await openReview();
  const release = hold();

  await user.keyboard("aja");
  release();

  await waitFor(() => expect(screen.getAllByText("Accepted")).toHaveLength(2));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(changes().map(({ headers }) => headers.get("if-match"))).toEqual(['"1.0"', '"1.1"']);
});

test("a fact that could not be saved is named after another one was selected", async () => {
  const { user } = await openReview();
  const release = hold();
  service.failures.push({ match: /^PUT/, status: 503, body: { error: "Busy.", code: "unavailable" } });

  await user.keyboard("aj");
  release();

  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(/Gross/);
  await user.click(within(alert).getByRole("button", { name: "Show the fact" }));
  expect(screen.getByRole("button", { name: /^Gross/, pressed: true })).toBeVisible();
});

test("the buttons stay from fact to fact, and an open form does not", async () => {
  const { user, review } = await openReview();
  const accept = within(review).getByRole("button", { name: "Accept" });

  await user.keyboard("j");

  expect(screen.getByRole("group", { name: "Review of Issued" })).toBe(review);
  expect(within(review).getByRole("button", { name: "Accept" })).toBe(accept);
  await user.keyboard("c");
  expect(within(review).getByLabelText(/Right value/)).toHaveFocus();
  await user.click(screen.getByRole("button", { name: /^Gross/ }));
  expect(within(review).queryByLabelText(/Right value/)).toBeNull();
});

test("the form stays open that was opened while a key was being saved", async () => {
  const { user, review } = await openReview();
  const release = hold();

  await user.keyboard("ac");
  await user.type(within(review).getByRole("textbox"), "5");
  release();

  expect(await screen.findByText("Accepted")).toBeVisible();
  expect(within(review).getByRole("textbox")).toHaveValue("119.00 EUR5");
});

test("why a fact could not be saved is not shown at another fact", async () => {
  const { user, review } = await openReview();
  service.failures.push({ match: /^PUT/, status: 503, body: { error: "Busy.", code: "unavailable" } });

  await user.keyboard("a");
  expect(await within(review).findByRole("alert")).toBeVisible();
  await user.keyboard("j");

  expect(within(review).queryByRole("alert")).toBeNull();
});

test("a button says that a value was copied until another fact is selected", async () => {
  const { user } = await openReview();

  await user.click(screen.getByRole("button", { name: "Copy the value" }));
  expect(await screen.findByTitle("Copied")).toBeVisible();
  await user.keyboard("j");

  expect(screen.queryByTitle("Copied")).toBeNull();
});

test("a key leaves the focus where it is, and a button that is then disabled passes it on", async () => {
  const { user, review } = await openReview();
  const row = screen.getByRole("button", { name: /^Gross/ });
  row.focus();

  await user.keyboard("a");
  expect(await screen.findByText("Accepted")).toBeVisible();
  expect(screen.getByRole("button", { name: /^Gross/ })).toHaveFocus();

  await user.click(within(review).getByRole("button", { name: "Reject" }));
  expect(await screen.findByText("Rejected")).toBeVisible();
  expect(within(review).getByRole("button", { name: "Correct" })).toHaveFocus();
});

test("a review is finished when every doubtful fact is reviewed, and opened again", async () => {
  const { user } = await openReview();
  expect(screen.queryByRole("button", { name: "Finish the review" })).toBeNull();

  service.change(orderOf(), { progress: { ...orderOf().progress, doubtful: 2, reviewed: 2 } });
  await user.keyboard("a");
  await user.click(await screen.findByRole("button", { name: "Finish the review" }));

  expect(await screen.findByText(/^Review finished by you .*2026/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Go on with the review" }));
  expect(await screen.findByRole("button", { name: "Finish the review" })).toHaveFocus();
  expect(screen.getByText("2 of 2 doubtful facts reviewed")).toBeVisible();
  const reviews = service.calls.filter(({ path }) => path === "/orders/01ORDER/review");
  expect(reviews.map(({ body }) => body)).toEqual([{ status: "finished" }, { status: "open" }]);
});

test("a finished review is shown in the list and on the page of its order, in German too", async () => {
  onTestFinished(() => setLanguage("en"));
  const review = { finished_at: "2026-11-20T12:00:00Z", by: "01USER", api_key_id: "01KEY" };
  service.change(orderOf(), { review });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  expect(await screen.findByText(/^Review finished by a program .*2026/)).toBeVisible();

  await user.click(screen.getByRole("link", { name: "Orders" }));
  expect(await screen.findByText(/Review finished/)).toBeVisible();
  await setLanguage("de");

  expect(await screen.findByText(/Prüfung abgeschlossen/)).toBeVisible();
});

test("why a review cannot be finished is shown", async () => {
  service.change(orderOf(), { progress: { ...orderOf().progress, doubtful: 1, reviewed: 1 } });
  const { user } = await openReview();
  const body = { error: "x", code: "review_incomplete", params: { doubtful: 3, reviewed: 2 } };
  service.failures.push({ match: /review$/, status: 409, body });

  await user.click(screen.getByRole("button", { name: "Finish the review" }));

  expect(await screen.findByText(/2 of 3 doubtful facts are reviewed/)).toBeVisible();
});

test("typing is ended by Escape without a change", async () => {
  const { user, review } = await openReview();

  await user.keyboard("c");
  await user.type(within(review).getByRole("textbox"), "5{Escape}");

  expect(within(review).queryByRole("textbox")).toBeNull();
  expect(changes()).toEqual([]);
});

test("a date is typed in an input for dates", async () => {
  const { user, review } = await openReview(/Issued/);

  await user.click(within(review).getByRole("button", { name: "Correct" }));

  const input = within(review).getByLabelText(/Right value/);
  expect(input).toHaveAttribute("type", "date");
  expect(input).toHaveValue("2026-03-02");
});

test("a refused value shows why beside its input", async () => {
  const { user, review } = await openReview();
  const error = "Must be an amount.";
  const details = [{ field: "value", error, code: "not_an_amount", params: {} }];
  service.failures.push({ match: /^PUT/, status: 400, body: { error, code: "bad_input", details } });

  await user.keyboard("c");
  await user.type(within(review).getByRole("textbox"), "x{Enter}");

  expect(await within(review).findByText(/Must be an amount such as/)).toBeVisible();
  expect(within(review).getByRole("textbox")).toHaveValue("119.00 EURx");
});

test("a change of another tab is shown with both values, and either can be chosen", async () => {
  const { user, review } = await openReview();
  documentOf().etag = '"1.5"';
  documentOf().facts = [{ ...GROSS, value: "EUR 150.00" }, ISSUED];

  await user.keyboard("c");
  const input = within(review).getByRole("textbox");
  await user.clear(input);
  await user.type(input, "191.00 EUR{Enter}");
  expect(await screen.findByRole("button", { name: "Keep EUR 150.00" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Use 191.00 EUR" }));

  expect(await screen.findByText("Read as: EUR 150.00")).toBeVisible();
  expect(changes().at(-1)?.headers.get("if-match")).toBe('"1.5"');
});

test("what another tab has chosen can be kept", async () => {
  const { user } = await openReview();
  documentOf().etag = '"1.5"';
  documentOf().facts = [{ ...GROSS, value: "EUR 150.00" }, ISSUED];

  await user.keyboard("a");
  await user.click(await screen.findByRole("button", { name: "Keep EUR 150.00" }));

  expect(screen.queryByRole("alert")).toBeNull();
  expect(await screen.findByRole("button", { name: /^Gross ?EUR 150.00/ })).toBeVisible();
  expect(changes()).toHaveLength(1);
});

test("the page says how many doubtful facts are reviewed, in German too", async () => {
  onTestFinished(() => setLanguage("en"));
  await openReview();
  expect(screen.getByText("1 of 2 doubtful facts reviewed")).toBeVisible();

  await setLanguage("de");

  expect(await screen.findByText("1 von 2 unsicheren Angaben geprüft")).toBeVisible();
  expect(screen.getByRole("button", { name: "Berichtigen" })).toBeVisible();
});

test("a preview cannot be reviewed", async () => {
  documentOf().etag = null;
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: /Gross/ }));

  expect(screen.queryByRole("group")).toBeNull();
});

test.each([
  ["en", "1,158.70 EUR", "1158.70 EUR"],
  ["en", "EUR 1158.7", "1158.7 EUR"],
  ["en", "1,158", "1158"],
  ["en", "1158,70", "1158.70"],
  ["en", "-5.00", "-5.00"],
  ["en", "many", "many"],
  ["de", "1.158,70 EUR", "1158.70 EUR"],
  ["de", "1.158", "1158"],
  ["de", "1'158.70 chf", "1158.70 CHF"],
  ["de", "1.158,70 €", "1158.70 EUR"],
  ["en", "€1,158.70", "1158.70 EUR"],
  ["en", "-£5", "-5 GBP"],
  ["en", "− 5.00 USD", "-5.00 USD"],
])("in %s the amount %s is %s", async (language, typed, expected) => {
  onTestFinished(() => setLanguage("en"));
  await setLanguage(language as "en");

  expect(toRequest("amount", typed)).toBe(expected);
});

test("a sign that several currencies have is that of the fact", () => {
  expect(toRequest("amount", "$5", "cad")).toBe("5 CAD");
  expect(toRequest("amount", "$5", "eur")).toBe("5 USD");
});

test("an amount is typed with the decimal mark of the language", async () => {
  onTestFinished(() => setLanguage("en"));
  await setLanguage("de");

  expect(toTyped(GROSS)).toBe("119,00 EUR");
  expect(toTyped({ ...GROSS, normalised: { minor: 500, currency: "jpy" } })).toBe("500 JPY");
  expect(toTyped({ ...GROSS, name: "seller", value: "Acme" })).toBe("Acme");
});
