import { readFileSync } from "node:fs";
import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { aDocument, anOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";
import { SLOW_MS } from "./components/CardForm";
import { toPaymentFailure } from "./paymentFailure";
import { storedPaymentIntent, storePaymentIntent } from "./storedPaymentIntent";
import { LOAD_TIMEOUT_MS, STRIPE_JS } from "./stripe";

const payable = () =>
  anOrder({ documents: [aDocument()], quote: { amount: 350, currency: "eur", lines: [] } });
const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const payments = () => (window as unknown as { confirmedPayments?: number }).confirmedPayments ?? 0;
const returnFromBank = () =>
  act(() => void window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true })));

beforeEach(() => {
  service.orders = [payable()];
});

afterEach(() => {
  vi.useRealTimers();
});

/** Opens the payment form and fills in a card number. */
async function withCard(number: string) {
  await import("@/testing/stripe.js" as string);
  Object.assign(window, { confirmedPayments: 0 });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.click(await screen.findByRole("button", { name: "Pay €3.50" }));
  await user.type(await screen.findByLabelText("Card number"), number);
  const pay = screen.getByRole("button", { name: "Pay €3.50" });
  await vi.waitFor(() => expect(pay).toBeEnabled());
  return { user, pay };
}

test("a script of Stripe's that times out shows an error, and a retry loads it again", async () => {
  const scripts: HTMLScriptElement[] = [];
  const { user } = await openSite({ at: "/orders/01ORDER" });
  const pay = await screen.findByRole("button", { name: "Pay €3.50" });
  vi.spyOn(document.head, "append").mockImplementation((...nodes) => {
    scripts.push(...nodes.filter((node) => node instanceof HTMLScriptElement));
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  await user.click(pay);
  await vi.waitFor(() => expect(scripts).toHaveLength(1));
  const removed = vi.spyOn(scripts[0] as HTMLScriptElement, "remove");

  await later(LOAD_TIMEOUT_MS);
  expect(screen.getByText(/The payment form could not be loaded/)).toBeVisible();
  expect(removed).toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await vi.waitFor(() => expect(scripts).toHaveLength(2));
  await import("@/testing/stripe.js" as string);
  act(() => scripts[1]?.onload?.(new Event("load")));

  expect(await screen.findByLabelText("Card number")).toBeVisible();
});

test("a payment names the terms and the refund policy", async () => {
  await withCard("4242424242424242");

  const note = screen.getByText(/apply\.$/);
  const links = within(note).getAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/terms", "/refunds"]);
});

interface StripeDouble {
  stripeForm?: "held" | "broken";
  releaseStripeForm?: () => void;
}
const stripeDouble = window as unknown as StripeDouble;
const notLoaded = /The payment form could not be loaded/;

/** The payment form, which loads in this way although Stripe's script is there. */
async function openForm(stripeForm: "held" | "broken") {
  await import("@/testing/stripe.js" as string);
  stripeDouble.stripeForm = stripeForm;
  onTestFinished(() => void delete stripeDouble.stripeForm);
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.click(await screen.findByRole("button", { name: "Pay €3.50" }));
  await screen.findByLabelText("Card number");
  return user;
}

test("a slow payment form shows an error until it is loaded", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  const user = await openForm("held");
  await user.type(screen.getByLabelText("Card number"), "4242424242424242");
  expect(screen.queryByText(notLoaded)).toBeNull();
  await later(LOAD_TIMEOUT_MS);
  expect(screen.getByText(notLoaded)).toBeVisible();
  expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeDisabled();

  act(() => stripeDouble.releaseStripeForm?.());

  expect(screen.queryByText(notLoaded)).toBeNull();
  expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeEnabled();
});

test("a payment form that fails to load shows an error, and a retry loads it again", async () => {
  const user = await openForm("broken");
  expect(await screen.findByText(notLoaded)).toBeVisible();
  const broken = screen.getByLabelText("Card number");
  delete stripeDouble.stripeForm;

  await user.click(screen.getByRole("button", { name: "Try again" }));

  await vi.waitFor(() => expect(broken).not.toBeInTheDocument());
  await user.type(await screen.findByLabelText("Card number"), "4242424242424242");
  await vi.waitFor(() => expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeEnabled());
  expect(screen.queryByText(notLoaded)).toBeNull();
});

test("the loaded script has the release of its wrapper", () => {
  const wrapper = readFileSync("node_modules/@stripe/stripe-js/dist/pure.mjs", "utf8");

  expect(wrapper).toContain(`RELEASE_TRAIN = '${STRIPE_JS.split("/").at(-2)}'`);
});

test.each([
  ["4000000000000002", /^Your card was declined\. Nothing was charged\. Try again, or use another card\.$/],
  ["4000008400003220", /Your bank could not confirm that it is you/],
  ["4000000000000000", /The payment service cannot be reached\. Nothing was charged\./],
  ["4000000000000001", /The payment may have been made: check it before you pay again\./],
])("a failed payment with %s shows a message and keeps the form", async (card, message) => {
  const { user, pay } = await withCard(card);

  await user.click(pay);

  expect(await screen.findByText(message)).toBeVisible();
  expect(pay).not.toHaveAttribute("aria-busy");
  expect(screen.getByLabelText("Card number")).toHaveValue(card);
});

test("a stored payment is removed only if it was certainly not made", async () => {
  const { user, pay } = await withCard("4000000000000002");
  await user.click(pay);
  await screen.findByText(/declined/);
  expect(storedPaymentIntent("01ORDER")).toBeNull();

  await user.clear(screen.getByLabelText("Card number"));
  await user.type(screen.getByLabelText("Card number"), "4000000000000001");
  await user.click(pay);
  await screen.findByText(/may have been made/);

  expect(storedPaymentIntent("01ORDER")).toBe("pi_1");
});

test("a payment whose response was lost is recognised as made", async () => {
  const { user, pay } = await withCard("4000000000000003");

  await user.click(pay);

  expect(await screen.findByRole("heading", { name: "Thank you, all done" })).toBeVisible();
});

test("two clicks pay once", async () => {
  const { pay } = await withCard("4000000000000341");

  act(() => {
    const form = pay.closest("form") as HTMLFormElement;
    fireEvent.submit(form);
    fireEvent.submit(form);
  });
  await vi.waitFor(() => expect(payments()).toBe(1));

  expect(payments()).toBe(1);
});

test("a payment without a response offers a link to check it", async () => {
  const { pay } = await withCard("4000000000000341");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

  fireEvent.click(pay);
  await later(SLOW_MS);

  expect(screen.getByText(/This takes longer than usual/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Check the payment" })).toHaveAttribute(
    "href",
    "/orders/01ORDER/payment?payment_intent=pi_1",
  );
});

test("returning from the bank shows the outcome of the payment", async () => {
  const { user, pay } = await withCard("4000000000000341");
  await user.click(pay);
  expect(pay).toHaveAttribute("aria-busy", "true");

  returnFromBank();

  expect(await screen.findByText("The analysis is ready.", { exact: false })).toBeInTheDocument();
  expect(service.calls.filter(({ path }) => path.endsWith("payment-confirm"))).toHaveLength(1);
});

test("a page shown for the first time sends no request and keeps its form", async () => {
  const { user, pay } = await withCard("4000000000000341");
  await user.click(pay);
  const before = service.calls.length;

  act(() => void window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false })));
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));

  expect(service.calls.slice(before)).toEqual([]);
  expect(pay).toBeInTheDocument();
});

test("returning from the bank without a payment shows a new form each time", async () => {
  const { pay } = await withCard("4000000000000341");
  for (let times = 1; times <= 2; times++) {
    service.failures.push({
      match: /payment-confirm$/,
      status: 409,
      body: { error: "Not paid", code: "payment_not_confirmed" },
    });
    storePaymentIntent("01ORDER", "pi_1");
    returnFromBank();
    await vi.waitFor(() =>
      expect(service.calls.filter(({ path }) => path.endsWith("payment-confirm"))).toHaveLength(times),
    );
  }
  expect(await screen.findByLabelText("Card number")).toHaveValue("");
  expect(pay).not.toBeInTheDocument();
});

test("the payment form closes while a document is added, and reopens with the new price", async () => {
  await withCard("4242424242424242");
  const order = service.orders[0] ?? payable();
  service.change(order, { documents: [aDocument(), aDocument({ id: "01ORDER-2", status: "reading" })] });
  act(() => void window.dispatchEvent(new Event("focus")));

  expect(await screen.findByText("You can pay as soon as all documents are read.")).toBeVisible();
  expect(screen.queryByLabelText("Card number")).toBeNull();
  expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeDisabled();

  service.change(order, {
    documents: [aDocument(), aDocument({ id: "01ORDER-2" })],
    quote: { amount: 450, currency: "eur", lines: [] },
  });
  expect(await screen.findByRole("button", { name: "Pay €4.50" })).toBeVisible();
  expect(await screen.findByLabelText("Card number")).toHaveValue("");
});

test("a new price has a new payment form", async () => {
  const { pay } = await withCard("4242424242424242");

  service.change(service.orders[0] ?? payable(), { quote: { amount: 300, currency: "eur", lines: [] } });
  act(() => void window.dispatchEvent(new Event("focus")));

  expect(await screen.findByRole("button", { name: "Pay €3.00" })).toBeVisible();
  expect(screen.getByLabelText("Card number")).toHaveValue("");
  expect(pay).not.toBeInTheDocument();
});

test("a refetch of the order does not interrupt the payment", async () => {
  const { user, pay } = await withCard("4000000000000341");
  await user.click(pay);

  service.change(service.orders[0] ?? payable(), { title: "Another title" });
  act(() => void window.dispatchEvent(new Event("focus")));
  await screen.findByRole("heading", { name: "Another title" });

  expect(pay).toBeInTheDocument();
  expect(service.calls.some(({ path }) => path.endsWith("payment-confirm"))).toBe(false);
});

test("every type of Stripe error has a reason", () => {
  const reasons = [
    { type: "card_error", code: "authentication_required" },
    { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" },
    { type: "validation_error" },
    { type: "api_connection_error" },
    { type: "api_error" },
    { type: "rate_limit_error" },
    { type: "invalid_request_error", code: "payment_intent_unexpected_state" },
    { type: "invalid_request_error", code: "payment_intent_authentication_failure" },
  ] as const;

  expect(reasons.map((error) => toPaymentFailure(error).reason)).toEqual([
    "authentication",
    "declined",
    "input",
    "unreachable",
    "problem",
    "problem",
    "outdated",
    "authentication",
  ]);
});

test("the result of a payment leads to the order when there is nothing to pay", async () => {
  service.orders = [anOrder({ status: "completed", is_sample: true, documents: [aDocument()] })];

  await openSite({ at: "/orders/01ORDER/payment" });

  expect(await screen.findByRole("region", { name: "Documents" })).toBeVisible();
});
