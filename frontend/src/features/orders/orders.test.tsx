import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import type { WarningResponse } from "@/lib/api/client.generated";
import { nextCursor } from "@/lib/api/nextCursor";
import { setLanguage } from "@/lib/i18n";
import { pollDelayMs } from "@/lib/usePolling";
import { aDocument, anOrder, aPayment, aRefund, aSampleOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";
import { isChanging } from "./orderState";

test("an empty list of orders offers the first one", async () => {
  await openSite();

  expect(await screen.findByRole("heading", { name: "No orders yet" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Create your first order" })).toBeVisible();
});

test("a newcomer opens the sample documents, which are marked and cannot be paid or changed", async () => {
  const { user } = await openSite();

  await user.click(await screen.findByRole("link", { name: "Try it with our samples" }));

  expect(await screen.findByText("Sample")).toBeVisible();
  expect(screen.getByRole("heading", { level: 1, name: "Sample documents" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Open the analysis" })).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Price" })).toBeNull();
  expect(screen.queryByRole("button", { name: /Choose files|Remove|Cancel order/ })).toBeNull();
});

test("samples that cannot be opened are tried again", async () => {
  service.failures.push({
    match: /POST \/orders\/sample$/,
    status: 500,
    body: { error: "x", code: "internal", request_id: "r9" },
  });
  const { user } = await openSite({ at: "/samples" });
  expect(await screen.findByRole("alert")).toHaveTextContent("r9");

  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByText("Sample")).toBeVisible();
});

test.each([
  ["whose files are missing", { status: "pending", status_reason_code: "sample_in_progress" }],
  ["that expired", { id: "01OLD", status: "cancelled", status_reason_code: "sample_expired" }],
] as const)("a sample order %s leads to the samples again", async (_, state) => {
  const document = aDocument({ status: "awaiting_upload" });
  const old = anOrder({ ...aSampleOrder(), ...state, documents: [document] });
  service.orders = [old];
  const { user } = await openSite({ at: `/orders/${old.id}` });

  const again = await screen.findByRole("link", { name: "Open the samples again" });
  if (state.status === "pending") expect(screen.getByText("Being read")).toBeVisible();
  service.orders = [];
  await user.click(again);

  expect(await screen.findByRole("link", { name: "Open the analysis" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Open the samples again" })).toBeNull();
});

test("the list says which orders wait for their payment or their review", async () => {
  const paid = anOrder({ id: "01PAID", title: "Paid", status: "completed" });
  service.orders = [
    anOrder({ id: "01READ", title: "Read", status_reason_code: "ready_to_pay" }),
    anOrder({ id: "01LOST", title: "Lost", status_reason_code: "nothing_readable" }),
    { ...paid, progress: { ...paid.progress, doubtful: 5, reviewed: 2 } },
  ];
  await openSite();

  expect(await screen.findByRole("link", { name: /^Read.*Ready to pay/ })).toBeVisible();
  expect(screen.getByRole("link", { name: /^Lost.*Nothing can be read/ })).toBeVisible();
  expect(screen.getByRole("link", { name: /^Paid.*3 facts to review/ })).toBeVisible();
});

test("a filter without a match names its status", async () => {
  service.orders = [anOrder()];
  const { user } = await openSite();

  await user.click(await screen.findByRole("button", { name: "Done" }));

  expect(await screen.findByRole("heading", { name: "No finished orders" })).toBeVisible();
});

test("older orders are loaded on demand", async () => {
  service.orders = Array.from({ length: 30 }, (_, at) => anOrder({ id: `01O${at}`, title: `Order ${at}.` }));
  const { user } = await openSite();
  await screen.findByText("Order 0.");
  expect(screen.queryByText("Order 29.")).toBeNull();

  await user.click(screen.getByRole("button", { name: "Show older orders" }));

  expect(await screen.findByText("Order 29.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show older orders" })).toBeNull();
});

test("a search includes orders that are not loaded yet", async () => {
  service.orders = Array.from({ length: 60 }, (_, at) => anOrder({ id: `01O${at}`, title: `Order ${at}.` }));
  const { user } = await openSite();
  await screen.findByText("Order 0.");

  await user.type(screen.getByLabelText("Search by title"), "order 59");

  expect(await screen.findByText("Order 59.")).toBeVisible();
  expect(screen.queryByText("Order 0.")).toBeNull();
});

test("a new order opens with its title", async () => {
  const { user } = await openSite();

  await user.click(await screen.findByRole("button", { name: "New order" }));
  await user.type(await screen.findByLabelText(/Title/), "Receipts April");
  await user.click(screen.getByRole("button", { name: "Create order" }));

  expect(await screen.findByRole("heading", { name: "Receipts April" })).toBeVisible();
});

test("an order whose response was lost is created once, and the next order is a second one", async () => {
  for (let lost = 0; lost < 3; lost++)
    service.failures.push({ match: /POST \/orders$/, status: 503, afterEffect: true });
  const { user } = await openSite();
  await user.click(await screen.findByRole("button", { name: "New order" }));
  await user.type(await screen.findByLabelText(/Title/), "Receipts April");

  await user.click(screen.getByRole("button", { name: "Create order" }));
  await screen.findByRole("alert");
  await user.click(screen.getByRole("button", { name: "Create order" }));
  await screen.findByRole("heading", { name: "Receipts April" });
  expect(service.orders).toHaveLength(1);

  await user.click(screen.getByRole("link", { name: "Orders" }));
  await user.click(await screen.findByRole("button", { name: "New order" }));
  await user.type(await screen.findByLabelText(/Title/), "Receipts April");
  await user.click(screen.getByRole("button", { name: "Create order" }));
  await waitFor(() => expect(service.orders).toHaveLength(2));
});

test("a retry under another title creates another order", async () => {
  for (let lost = 0; lost < 3; lost++)
    service.failures.push({ match: /POST \/orders$/, status: 503, afterEffect: true });
  const { user } = await openSite();
  await user.click(await screen.findByRole("button", { name: "New order" }));
  await user.type(await screen.findByLabelText(/Title/), "Receipts April");
  await user.click(screen.getByRole("button", { name: "Create order" }));
  await screen.findByRole("alert");

  await user.type(screen.getByLabelText(/Title/), " and May");
  await user.click(screen.getByRole("button", { name: "Create order" }));

  expect(await screen.findByRole("heading", { name: "Receipts April and May" })).toBeVisible();
});

test("a list that fails to load shows an error and can be retried", async () => {
  service.orders = [anOrder()];
  service.failures.push({
    match: /GET \/orders/,
    status: 500,
    body: { error: "x", code: "internal", request_id: "r9" },
  });
  const { user } = await openSite();
  expect(await screen.findByRole("alert")).toHaveTextContent("r9");

  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByText("Invoices March")).toBeVisible();
});

test("the quote's lines and total are shown, and an unreadable file is not charged", async () => {
  service.orders = [
    anOrder({
      documents: [
        aDocument(),
        aDocument({
          id: "01ORDER-2",
          filename: "locked.pdf",
          status: "unreadable",
          status_reason_code: "password_protected",
        }),
      ],
      quote: {
        amount: 350,
        currency: "eur",
        lines: [
          { label: "base", document_id: null, pages: null, amount: 250 },
          { label: "invoice.pdf", document_id: "01ORDER-01DOC", pages: 2, amount: 100 },
        ],
      },
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  const table = await screen.findByRole("table", { name: "Price" });
  expect(within(table).getByText("€3.50")).toBeVisible();
  expect(screen.getByText(/upload that. You are not charged for it./)).toBeVisible();
  expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeEnabled();
});

test("a document whose file was erased says why, and offers no file", async () => {
  const erased = aDocument({ status_reason_code: "erased_after_cancellation" });
  service.orders = [anOrder({ status: "cancelled", documents: [erased] })];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText("The file was erased, because its order was cancelled.")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Download/ })).toBeNull();
});

test.each([
  ["en", "3 documents"],
  ["de", "3 Dokumente"],
] as const)("a file with several documents says how many in %s", async (language, count) => {
  const file = aDocument({ document_count: 3, kind: "other", headline: null, page_count: 5 });
  service.orders = [anOrder({ documents: [file] })];
  await openSite({ at: "/orders/01ORDER" });
  onTestFinished(() => setLanguage("en"));
  await act(() => setLanguage(language));

  expect(await screen.findByText(new RegExp(`· ${count} · `))).toBeVisible();
});

test.each([
  ["en", "No text was found in this document."],
  ["de", "In diesem Dokument wurde kein Text gefunden."],
] as const)("an unpaid document without text has a warning in %s", async (language, message) => {
  const warnings: WarningResponse[] = [{ code: "no_text", text: "No text was found in this document." }];
  service.orders = [anOrder({ documents: [aDocument({ warnings })] })];
  await openSite({ at: "/orders/01ORDER" });
  onTestFinished(() => setLanguage("en"));
  await act(() => setLanguage(language));

  expect(await screen.findByText(message)).toBeVisible();
});

test("payment is disabled while a document is being read", async () => {
  service.orders = [
    anOrder({
      documents: [aDocument({ status: "reading" })],
      quote: { amount: 350, currency: "eur", lines: [] },
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByRole("button", { name: "Pay €3.50" })).toBeDisabled();
});

test("cancelling asks for confirmation and states that nothing was charged", async () => {
  service.orders = [anOrder()];
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.click(await screen.findByRole("button", { name: "Cancel order" }));
  expect(service.orders[0]?.status).toBe("pending");
  await user.click(await screen.findByRole("button", { name: "Yes, cancel" }));

  expect(await screen.findByText("Nothing was charged.")).toBeVisible();
});

test("a cancelled paid order shows its refund and offers no analysis", async () => {
  service.orders = [
    anOrder({
      status: "cancelled",
      documents: [aDocument()],
      quote: { amount: 350, currency: "eur", lines: [] },
      payment: aPayment({ amount_refunded: 350, refund_status: "succeeded" }),
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText("€3.50 paid and refunded")).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Analysis" })).toBeNull();
});

test.each([
  ["cancelled", {}, "€3.50 paid. The refund is on its way."],
  ["cancelled", { amount_refunded: 350, refund_status: "pending" }, "€3.50 paid. The refund is on its way."],
  ["cancelled", { refund_status: "failed" }, "€3.50 paid. The refund has not been successful yet."],
  ["completed", {}, "€3.50 paid"],
  ["completed", { amount_refunded: 100, refund_status: "succeeded" }, "€3.50 paid, €1.00 of it refunded"],
  ["completed", { dispute_status: "open" }, "€3.50 paid. The payment is disputed at the bank."],
  ["completed", { dispute_status: "won" }, "€3.50 paid. The bank decided the dispute: the payment stands."],
] as const)("the payment of a %s order shows its outcome: %j", async (status, change, message) => {
  service.orders = [
    anOrder({
      status,
      documents: [aDocument()],
      quote: { amount: 350, currency: "eur", lines: [] },
      payment: aPayment(change),
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(message)).toBeVisible();
  if (status === "completed") expect(screen.getByText("Open the analysis")).toBeVisible();
});

// The API decides: an order may be closed while a dispute is open.
test.each([
  [{ amount_refunded: 350, refund_status: "succeeded" }, "€3.50 paid and refunded"],
  [{ dispute_status: "lost" }, "€3.50 paid and taken back by the bank"],
  [{ dispute_status: "open" }, "€3.50 paid. The payment is disputed at the bank."],
] as const)("the analysis is closed after a reversal: %j", async (change, message) => {
  service.orders = [
    anOrder({
      status: "completed",
      is_analysis_open: false,
      documents: [aDocument()],
      quote: { amount: 350, currency: "eur", lines: [] },
      payment: aPayment(change),
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(message)).toBeVisible();
  expect(screen.getByText(/the analysis is closed/)).toBeVisible();
  expect(screen.queryByText("Open the analysis")).toBeNull();
});

test("removing a free document is immediate, and is undone with a reason if it fails", async () => {
  let respond = (): void => undefined;
  service.holds.push({ match: /^DELETE/, until: new Promise((resolve) => (respond = resolve)) });
  service.failures.push({ match: /^DELETE/, status: 500 });
  service.orders = [anOrder({ documents: [aDocument({ filename: "locked.pdf", status: "unreadable" })] })];
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.click(await screen.findByRole("button", { name: "Remove locked.pdf" }));
  await waitFor(() => expect(screen.queryByText("locked.pdf")).toBeNull());
  respond();

  expect(await screen.findByText("locked.pdf")).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent("Broken");
});

test("a priced document is shown until the service has removed it", async () => {
  let respond = (): void => undefined;
  service.holds.push({ match: /^DELETE/, until: new Promise((resolve) => (respond = resolve)) });
  service.orders = [anOrder({ documents: [aDocument()] })];
  const { user } = await openSite({ at: "/orders/01ORDER" });

  const remove = await screen.findByRole("button", { name: "Remove invoice.pdf" });
  await user.click(remove);
  expect(remove).toHaveAttribute("aria-busy", "true");
  respond();

  await waitFor(() => expect(screen.queryByText("invoice.pdf")).toBeNull());
});

test("another customer's order is not found", async () => {
  await openSite({ at: "/orders/01OTHER" });

  expect(await screen.findByRole("heading", { name: "Order not found" })).toBeVisible();
});

test("an open page is updated when a document was read", async () => {
  service.orders = [anOrder({ documents: [aDocument({ status: "reading" })] })];
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByText("Being read");

  service.change(service.orders[0] ?? anOrder(), { documents: [aDocument()] });

  expect(await screen.findByText("Read", {}, { timeout: 5_000 })).toBeVisible();
});

test("a poll of an unchanged order is answered without a body, and keeps the page", async () => {
  service.orders = [anOrder({ documents: [aDocument({ status: "reading" })] })];
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByText("Being read");
  const polls = () => service.calls.filter(({ path }) => path === "/orders/01ORDER");

  await waitFor(() => expect(polls()).toHaveLength(2), { timeout: 5_000 });

  expect(polls().map(({ headers }) => headers.get("if-none-match"))).toEqual([null, '"1"']);
  expect(screen.getByText("Being read")).toBeVisible();
});

test("the documents behind the first hundred are loaded, and drawn near the screen only", async () => {
  const documents = Array.from({ length: 230 }, (_, at) =>
    aDocument({ id: `01ORDER-${1000 + at}`, filename: `scan-${at}.pdf`, headline: null }),
  );
  service.orders = [anOrder({ documents })];
  const { user } = await openSite({ at: "/orders/01ORDER" });
  const list = within(await screen.findByRole("region", { name: "Documents" }));

  expect(await list.findByText("scan-0.pdf")).toBeVisible();
  const items = list.getAllByRole("listitem");
  expect(items.length).toBeLessThan(60);
  expect(items[0]).toHaveAttribute("aria-setsize", "230");

  await user.type(list.getByRole("searchbox", { name: "Search by name" }), "scan-22");
  expect(await list.findByText("scan-229.pdf")).toBeVisible();
  expect(list.getAllByRole("listitem")).toHaveLength(11);
});

const PRICED = { documents: [aDocument()], quote: { amount: 350, currency: "eur", lines: [] } };

test.each([
  ["en", /^Completed or refunded by 20 Nov 2099/],
  ["de", /^Fertig oder erstattet bis zum 20\.11\.2099/],
] as const)(
  "a paid order shows the promised time on its page and in the list in %s",
  async (language, text) => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB", "de-DE"]);
    const order = anOrder({
      ...PRICED,
      status: "processing",
      payment: aPayment(),
      promised_at: "2099-11-20T10:34:00Z",
    });
    service.orders = [order];
    onTestFinished(() => setLanguage("en"));
    await act(() => setLanguage(language));
    const { user } = await openSite({ at: "/orders/01ORDER" });

    expect(await screen.findByText(text)).toBeVisible();
    await user.click(screen.getByRole("link", { name: language === "en" ? "Orders" : "Aufträge" }));
    expect(await screen.findByText(new RegExp(text.source.replace("^", "")))).toBeVisible();
  },
);

test("no time is promised while the bank is confirming a payment", async () => {
  service.orders = [
    anOrder({
      ...PRICED,
      status: "processing",
      payment: aPayment({ status: "processing", paid_at: null }),
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(
    await screen.findByText(/As soon as the payment has arrived, this page shows by when/),
  ).toBeVisible();
  expect(screen.queryByText(/Completed or refunded by/)).toBeNull();
});

test("the result page of a bank debit does not promise seconds", async () => {
  const payment = aPayment({ status: "processing", paid_at: null });
  service.orders = [anOrder({ ...PRICED, status: "processing", payment })];
  await openSite({ at: "/orders/01ORDER/payment" });

  expect(await screen.findByText(/with a bank debit that can take several days/)).toBeVisible();
  expect(screen.queryByText(/usually takes seconds/)).toBeNull();
});

test("a promised time that is over announces the refund", async () => {
  service.orders = [
    anOrder({ ...PRICED, status: "processing", payment: aPayment(), promised_at: "2020-11-20T10:34:00Z" }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(/We are refunding the payment in full/)).toBeVisible();
});

test.each([
  ["owed", "order_cancelled", false, "You get €3.50 back. We are requesting the refund now."],
  [
    "pending",
    "quote_changed",
    false,
    "€3.50 is on its way back to you. Banks usually take 5 to 10 working days.",
  ],
  ["succeeded", "order_cancelled", false, /€3.50 refunded on Nov 20, 2026/],
  ["failed", "not_completed_in_time", false, /rejected the refund of €3.50. We try it again automatically/],
  ["failed", "not_completed_in_time", true, /rejected the refund of €3.50. A person looks into it/],
  ["failed", "by_hand", true, /rejected the refund of €3.50. A person looks into it/],
] as const)("a refund that is %s (%s, needs a person: %s) shows what happens next", async (...refund) => {
  const [status, reason_code, needs_person, text] = refund;
  service.orders = [
    anOrder({
      ...PRICED,
      status: "cancelled",
      payment: aPayment({ refund_status: status }),
      refunds: [aRefund({ status, reason_code, needs_person })],
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(text)).toBeVisible();
});

test("a refund names its reason, also that of an earlier payment of an order that is still open", async () => {
  service.orders = [anOrder({ ...PRICED, refunds: [aRefund({ reason_code: "quote_changed" })] })];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(/The order changed after this payment was started/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeEnabled();
});

test.each([
  ["en", {}, "The payment was declined. Try again or use another card."],
  ["en", { context: "expired_card" }, "The card has expired. Use another card."],
  ["de", { context: "expired_card" }, "Die Karte ist abgelaufen. Nehmen Sie eine andere Karte."],
] as const)("a declined payment shows what to do in %s: %j", async (language, failure_params, text) => {
  const payment = aPayment({
    status: "failed",
    paid_at: null,
    failure_code: "payment_declined",
    failure_params,
  });
  service.orders = [anOrder({ ...PRICED, payment })];
  onTestFinished(() => setLanguage("en"));
  await act(() => setLanguage(language));
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(text)).toBeVisible();
});

test.each([
  [
    "en",
    "Your bank asks you to confirm the payment. Confirm it in your bank's app, or pay in another way. You are charged once.",
  ],
  [
    "de",
    "Ihre Bank bittet Sie, die Zahlung zu bestätigen. Bestätigen Sie sie in der App Ihrer Bank, oder bezahlen Sie auf andere Weise. Abgebucht wird nur einmal.",
  ],
] as const)("a payment that waits for the customer says so in %s", async (language, text) => {
  const payment = aPayment({
    status: "requires_action",
    paid_at: null,
    failure_code: "payment_requires_action",
  });
  service.orders = [anOrder({ ...PRICED, payment })];
  onTestFinished(() => setLanguage("en"));
  await act(() => setLanguage(language));
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(text)).toBeVisible();
});

test("a document that was paid for before costs nothing, and names where it stands", async () => {
  service.orders = [
    anOrder({
      ...PRICED,
      documents: [
        aDocument(),
        aDocument({
          id: "01ORDER-2",
          filename: "copy.pdf",
          duplicate_of: { order_id: "01EARLIER", document_id: "01EARLIER-1" },
        }),
      ],
    }),
    anOrder({
      id: "01EARLIER",
      title: "Receipts of February",
      status: "completed",
      documents: [aDocument({ id: "01EARLIER-1", filename: "original.pdf" })],
    }),
  ];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText("Costs nothing: it is “original.pdf” there.")).toBeVisible();
  expect(screen.getByRole("link", { name: "Already paid for: Receipts of February" })).toHaveAttribute(
    "href",
    "/orders/01EARLIER",
  );
  const table = within(screen.getByRole("table", { name: "Price" }));
  expect(table.getByRole("row", { name: "1 document already paid for €0.00" })).toBeVisible();
});

test("an order whose content was all paid for before costs nothing and is not polled", async () => {
  const duplicate_of = { order_id: "01EARLIER", document_id: "01EARLIER-1" };
  const documents = [aDocument({ duplicate_of })];
  service.orders = [anOrder({ status_reason_code: "paid_before", documents })];
  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText(/^All documents that could be read were paid for before/)).toBeVisible();
  expect(await screen.findByText(/There is nothing to pay: you have already paid/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Pay/ })).toBeNull();
});

test("a long quote is shortened, and its lines add up", async () => {
  const lines = Array.from({ length: 40 }, (_, at) => ({
    label: `scan-${at}.pdf`,
    document_id: null,
    pages: 1,
    amount: 100,
  }));
  service.orders = [anOrder({ ...PRICED, quote: { amount: 50_000, currency: "eur", lines } })];
  await openSite({ at: "/orders/01ORDER" });

  const table = within(await screen.findByRole("table", { name: "Price" }));
  expect(table.getAllByRole("row")).toHaveLength(8);
  expect(table.getByRole("row", { name: "Other documents €494.00" })).toBeVisible();
});

test("the list names documents by their number, without loading them", async () => {
  service.orders = [
    anOrder({ title: null, documents: [aDocument(), aDocument({ id: "01ORDER-2", status: "reading" })] }),
    anOrder({ id: "01B", title: "Refunded", status: "cancelled", refunds: [aRefund({ status: "pending" })] }),
    anOrder({ id: "01C", title: "Failed", status: "cancelled", refunds: [aRefund({ status: "failed" })] }),
  ];
  await openSite();

  expect(await screen.findByRole("link", { name: /^invoice.pdf ?1 of 2 documents read/ })).toBeVisible();
  expect(screen.getByRole("link", { name: /^Refunded ?No documents · Refund on its way/ })).toBeVisible();
  expect(
    screen.getByRole("link", { name: /^Failed ?No documents · Refund not successful yet/ }),
  ).toBeVisible();
});

test("polling slows down while nothing changes", () => {
  expect([0, 1, 2, 3, 20].map(pollDelayMs)).toEqual([2_000, 4_000, 8_000, 15_000, 15_000]);
});

test("only an order that is about to change is polled", () => {
  expect(isChanging(anOrder())).toBe(false);
  expect(isChanging(anOrder({ status: "completed", documents: [aDocument()] }))).toBe(false);
  expect(isChanging(anOrder({ status: "processing" }))).toBe(true);
  expect(isChanging(anOrder({ documents: [aDocument({ status: "reading" })] }))).toBe(true);
});

test("the next page's cursor is read from the Link header", () => {
  expect(nextCursor('</api/v1/orders?limit=25&cursor=ab%3D>; rel="next"')).toBe("ab=");
  expect(nextCursor(null)).toBeNull();
});

test("a paid order that waits for a document does not ask to be paid", async () => {
  const order = anOrder({
    status: "processing",
    documents: [aDocument(), aDocument({ id: "2", status: "reading" })],
  });
  service.orders = [{ ...order, promised_at: "2099-11-20T10:34:00Z" }];

  await openSite({ at: "/orders/01ORDER" });

  expect(await screen.findByText("All facts open as soon as all documents are read.")).toBeVisible();
  expect(screen.queryByText(/when the order is paid/)).toBeNull();
});
