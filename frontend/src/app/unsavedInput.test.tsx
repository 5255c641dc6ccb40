import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { aFact, aReading, servePaid } from "@/testing/analyses";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const reading = (document_id: string, filename: string) =>
  aReading({
    document_id,
    filename,
    facts: ["seller", "buyer"].map((name) =>
      aFact({ name, value: "Acme", normalised: null, page: null, box: null }),
    ),
    line_items: [
      { description: "Chairs", quantity: "1", unit_price: null, amount: "60.00", page: 1, box: null },
    ],
  });

beforeEach(() => servePaid([reading("01ORDER-1", "first.pdf"), reading("01ORDER-2", "second.pdf")]));

const question = () => screen.findByRole("dialog", { name: "Discard what you typed?" });
const documentButton = (name: RegExp) =>
  within(screen.getByRole("navigation", { name: "Documents" })).getByRole("button", { name });

async function editLineItems() {
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: "Edit the line items" }));
  const cell = screen.getByRole("textbox", { name: "Description, row 1" });
  await user.type(cell, "!");
  return { user, cell };
}

test("edited line items are asked about before another document is shown", async () => {
  const { user, cell } = await editLineItems();

  await user.click(documentButton(/second/));
  await user.click(within(await question()).getByRole("button", { name: "Keep editing" }));
  expect(cell).toHaveValue("Chairs!");
  expect(documentButton(/first/)).toHaveAttribute("aria-current", "true");

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.click(documentButton(/second/));
  await user.click(within(await question()).getByRole("button", { name: "Discard my changes" }));
  await waitFor(() => expect(documentButton(/second/)).toHaveAttribute("aria-current", "true"));
  expect(screen.getByRole("button", { name: "Edit the line items" })).toBeVisible();
});

test("edited line items stay when a fact of their document is selected", async () => {
  const { user, cell } = await editLineItems();

  await user.click(screen.getByRole("button", { name: /^Seller/ }));

  expect(screen.getByRole("button", { name: /^Seller/, pressed: true })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(cell).toHaveValue("Chairs!");
});

test("unsaved input is asked about before another page, and before the site is left", async () => {
  const { user } = await editLineItems();
  expect(fireEvent(window, new Event("beforeunload", { cancelable: true }))).toBe(false);

  await user.click(screen.getByRole("link", { name: "Orders" }));
  await user.click(within(await question()).getByRole("button", { name: "Discard my changes" }));

  expect(await screen.findByRole("heading", { name: "Orders" })).toBeVisible();
  expect(fireEvent(window, new Event("beforeunload", { cancelable: true }))).toBe(true);
});

test("the question goes away when the input was saved meanwhile", async () => {
  const { user } = await editLineItems();
  let release = () => {};
  service.holds.push({
    match: /^PUT/,
    until: new Promise((resolve) => {
      release = resolve;
    }),
  });
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(documentButton(/second/));
  await question();

  release();

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByText("Chairs!")).toBeVisible();
});

test("a correction is asked about once something else is typed", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: /^Seller/ }));
  await user.click(screen.getByRole("button", { name: "Correct" }));
  await user.click(screen.getByRole("button", { name: /^Buyer/ }));
  expect(screen.queryByRole("textbox", { name: /Right value/ })).toBeNull();

  await user.click(screen.getByRole("button", { name: "Correct" }));
  await user.type(screen.getByRole("textbox", { name: /Right value/ }), " GmbH");
  await user.click(screen.getByRole("button", { name: /^Seller/ }));
  await user.click(within(await question()).getByRole("button", { name: "Keep editing" }));

  expect(screen.getByRole("textbox", { name: /Right value/ })).toHaveValue("Acme GmbH");
  expect(screen.getByRole("button", { name: /^Buyer/, pressed: true })).toBeVisible();
});

test("a name is asked about until it is saved", async () => {
  const { user } = await openSite({ at: "/account" });
  await user.type(await screen.findByRole("textbox", { name: "Your name" }), "x");
  await user.click(screen.getByRole("link", { name: "Orders" }));
  await user.click(within(await question()).getByRole("button", { name: "Keep editing" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

  await user.click(screen.getByRole("button", { name: "Save name" }));
  expect(await screen.findByText("Saved.")).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Orders" }));

  expect(await screen.findByRole("heading", { name: "Orders" })).toBeVisible();
});
