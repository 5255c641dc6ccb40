import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { FactResponse, LineItemResponse } from "@/lib/api/client.generated";
import { setLanguage } from "@/lib/i18n";
import { aFact, aReading, servePaid } from "@/testing/analyses";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

function anItem(id: string, description: string, amount: string): LineItemResponse {
  return {
    id,
    description,
    quantity: "1",
    unit_price: amount,
    amount,
    page: 1,
    box: null,
    corrected: false,
  };
}

function aTotal(name: string, minor: number): FactResponse {
  return aFact({
    name,
    value: String(minor / 100),
    normalised: { minor, currency: "eur" },
    box: null,
  });
}

beforeEach(() =>
  servePaid([
    aReading({
      facts: [aTotal("net", 10_000), aTotal("gross", 11_900)],
      line_items: [anItem("1a", "Chairs", "60.00"), anItem("2b", "Lamps", "30.00")],
    }),
  ]),
);

const puts = () => service.calls.filter(({ method }) => method === "PUT");
const cell = (column: string, row: number) => screen.getByRole("textbox", { name: `${column}, row ${row}` });

async function edit() {
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: "Edit the line items" }));
  return user;
}

test("rows are edited, and the sum is compared while it is typed", async () => {
  const user = await edit();
  expect(cell("Description", 1)).toHaveFocus();
  expect(screen.getByText("Sum: €90.00, €10.00 less than Net (€100.00)")).toBeVisible();

  await user.clear(cell("Amount", 2));
  await user.type(cell("Amount", 2), "40");
  expect(screen.getByText("Sum: €100.00, the same as Net")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText(/^Corrected/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Edit the line items" })).toHaveFocus();
  const [put] = puts();
  expect(put?.body).toEqual({
    items: [
      { id: "1a", page: 1, description: "Chairs", quantity: "1", unit_price: "60.00", amount: "60.00" },
      { id: "2b", page: 1, description: "Lamps", quantity: "1", unit_price: "30.00", amount: "40" },
    ],
  });
});

test("a sum above the nearest total says so", async () => {
  const user = await edit();

  await user.type(cell("Amount", 1), "{Backspace}5");
  await user.clear(cell("Amount", 2));
  await user.type(cell("Amount", 2), "60");

  expect(screen.getByText("Sum: €120.05, €1.05 more than Gross (€119.00)")).toBeVisible();
});

test("an amount that is no number has no sum", async () => {
  const user = await edit();

  await user.type(cell("Amount", 1), "x");

  expect(screen.getByText(/an amount is missing/)).toBeVisible();
});

test("a row is added and removed, and both are undone", async () => {
  const user = await edit();

  await user.click(screen.getByRole("button", { name: "Add a row" }));
  expect(cell("Description", 3)).toHaveFocus();
  await user.keyboard("Delivery");
  await user.click(screen.getByRole("button", { name: "Remove row 1" }));
  expect(cell("Description", 1)).toHaveValue("Lamps");

  const undoButton = screen.getByRole("button", { name: "Undo" });
  await user.click(undoButton);
  expect(cell("Description", 1)).toHaveValue("Chairs");
  await user.click(undoButton);
  expect(cell("Description", 3)).toHaveValue("");
  await user.click(undoButton);
  expect(screen.queryByRole("textbox", { name: "Description, row 3" })).toBeNull();
  expect(undoButton).toBeDisabled();
});

test("enter goes to the next row, and adds one behind the last", async () => {
  const user = await edit();

  await user.click(cell("Amount", 1));
  await user.keyboard("{Enter}");
  expect(cell("Amount", 2)).toHaveFocus();
  await user.keyboard("{Enter}");

  expect(cell("Description", 3)).toHaveFocus();
  expect(puts()).toEqual([]);
});

test("escape ends the editing, after a question if something was changed", async () => {
  const user = await edit();
  await user.keyboard("s{Escape}");

  expect(await screen.findByText("Your changes are not saved.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Keep editing" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(cell("Description", 1)).toHaveValue("Chairss");
  expect(cell("Description", 1)).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await user.click(screen.getByRole("button", { name: "Cancel" }));

  expect(screen.getByRole("button", { name: "Edit the line items" })).toHaveFocus();
});

test("what is wrong is said below its row", async () => {
  const user = await edit();
  service.failures.push({
    match: /line-items/,
    status: 400,
    body: {
      error: "Invalid",
      code: "bad_input",
      details: [{ field: "items.1.amount", code: "not_an_amount", params: {}, error: "Not an amount" }],
    },
  });

  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText(/^Amount: Must be an amount/)).toBeVisible();
  expect(cell("Amount", 2)).toBeInvalid();
  expect(cell("Amount", 1)).toBeValid();
});

test("a document that was changed elsewhere is saved after a question", async () => {
  const user = await edit();
  const document = service.analysis?.result.documents[0];
  if (document) document.etag = '"1.7"';

  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("button", { name: "Save mine" }));

  expect(await screen.findByText(/^Corrected/)).toBeVisible();
  expect(puts()).toHaveLength(2);
});

test("the line items return to what the reader found", async () => {
  const user = await edit();
  await user.click(screen.getByRole("button", { name: "Remove row 2" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByText("Lamps")).toBeNull());

  await user.click(await screen.findByRole("button", { name: "As the reader found them" }));

  expect(await screen.findByText("Lamps")).toBeVisible();
  expect(puts().at(-1)?.body).toEqual({ items: null });
});

test("rows are added where the reader found none", async () => {
  const document = service.analysis?.result.documents[0];
  if (document) document.line_items = [];
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "Add line items" }));
  await user.click(screen.getByRole("button", { name: "Add a row" }));
  await user.keyboard("Chairs");
  await user.type(cell("Amount", 1), "100");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(puts()[0]?.body).toEqual({ items: [{ description: "Chairs", amount: "100" }] }));
});

test("rows that are not all shown are not edited", async () => {
  const document = service.analysis?.result.documents[0];
  if (document) document.line_items_complete = false;
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText("There are too many line items to edit them here.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Edit the line items" })).toBeNull();
});

test("the rows of one of several documents are edited among those of all", async () => {
  const document = service.analysis?.result.documents[0];
  if (document) {
    const segment = {
      page_count: 1,
      kind: "invoice" as const,
      kind_score: 1,
      language: "en",
      headline: null,
    };
    document.segments = [1, 2].map((page) => ({ ...segment, first_page: page, last_page: page }));
    document.line_items = [
      anItem("1a", "Chairs", "60.00"),
      { ...anItem("2b", "Lamps", "30.00"), page: 2 },
      { ...anItem("3c", "Desks", "20.00"), page: 2 },
    ];
  }
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  const [, second] = await screen.findAllByRole("button", { name: "Edit the line items" });
  if (second) await user.click(second);

  await user.click(screen.getByRole("button", { name: "Remove row 1" }));
  await user.click(screen.getByRole("button", { name: "Add a row" }));
  await user.keyboard("Delivery");
  await user.type(cell("Amount", 2), "5");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(puts()).toHaveLength(1));
  expect(puts()[0]?.body).toMatchObject({
    items: [{ id: "1a" }, { id: "3c" }, { description: "Delivery", page: 2, amount: "5" }],
  });
});

test("numbers are typed in the language of the site", async () => {
  onTestFinished(() => setLanguage("en"));
  await setLanguage("de");
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: "Positionen bearbeiten" }));
  const amount = screen.getByRole("textbox", { name: "Betrag, Zeile 1" });
  expect(amount).toHaveValue("60,00");

  await user.clear(amount);
  await user.type(amount, "1.060,50");
  await user.click(screen.getByRole("button", { name: "Speichern" }));

  await waitFor(() => expect(puts()).toHaveLength(1));
  expect(puts()[0]?.body).toMatchObject({ items: [{ amount: "1060.50" }, { amount: "30.00" }] });
  expect(
    within(await screen.findByRole("region", { name: "Positionen" })).getByText("1060.50"),
  ).toBeVisible();
});
