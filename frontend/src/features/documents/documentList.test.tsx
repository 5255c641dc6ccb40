import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { latestAnnouncement, subscribeToAnnouncements } from "@/components/announce";
import { aDocument, anOrder } from "@/testing/api";
import { expectRequests, holdRequests, OpenRequest, pdf } from "@/testing/bucket";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

beforeEach(holdRequests);

const region = () => within(screen.getByRole("region", { name: "Documents" }));
const names = () =>
  region()
    .queryAllByRole("listitem")
    .map((row) => row.textContent?.match(/^PDF(.+?\.pdf)/)?.[1]);
const documentsOf = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    aDocument({ id: `01ORDER-${100 + at}`, filename: `scan-${at}.pdf`, headline: null }),
  );

/** Opens an order with documents. */
async function openOrder(documents = documentsOf(9)) {
  service.orders = [anOrder({ documents })];
  const site = await openSite({ at: "/orders/01ORDER" });
  await screen.findByTestId("files");
  return site;
}

test("a long list is filtered by name and state, and sorted", async () => {
  const documents = documentsOf(9);
  documents[4] = aDocument({ id: "01ORDER-104", filename: "locked.pdf", status: "unreadable" });
  const { user } = await openOrder(documents);

  await user.selectOptions(region().getByRole("combobox", { name: "Show" }), "With problems");
  expect(names()).toEqual(["locked.pdf"]);
  await user.type(region().getByRole("searchbox"), "scan");
  expect(region().getByText("No file matches")).toBeVisible();
  await user.clear(region().getByRole("searchbox"));
  await user.selectOptions(region().getByRole("combobox", { name: "Show" }), "All files");
  await user.selectOptions(region().getByRole("combobox", { name: "Sort by" }), "Status");

  expect(names()[0]).toBe("locked.pdf");
  expect(names()).toHaveLength(9);
});

test("chosen files are removed together after a confirmation", async () => {
  const { user } = await openOrder();
  await user.click(region().getByRole("checkbox", { name: "Choose scan-1.pdf" }));
  await user.click(region().getByRole("checkbox", { name: "Choose scan-2.pdf" }));

  await user.click(region().getByRole("button", { name: "Remove 2 files" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Remove 2 files?" }));
  expect(dialog.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "scan-1.pdf",
    "scan-2.pdf",
  ]);
  await user.click(dialog.getByRole("button", { name: "Remove" }));

  await waitFor(() => expect(service.orders[0]?.documents).toHaveLength(7));
  await waitFor(() => expect(names()).not.toContain("scan-1.pdf"));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(region().getByRole("heading", { name: "Documents" })).toHaveFocus();
  expect(region().getByRole("checkbox", { name: "Choose all" })).not.toBeChecked();
});

test("the row in the place of a removed one has the focus", async () => {
  const { user } = await openOrder(documentsOf(3));

  await user.click(region().getByRole("button", { name: "Remove scan-1.pdf" }));

  await waitFor(() => expect(names()).toEqual(["scan-0.pdf", "scan-2.pdf"]));
  expect(region().getByText("scan-2.pdf").closest("li")).toHaveFocus();
});

test("a removal that is not confirmed removes nothing and keeps the choice", async () => {
  const { user } = await openOrder();
  await user.click(region().getByRole("checkbox", { name: "Choose scan-1.pdf" }));
  await user.click(region().getByRole("button", { name: "Remove 1 file" }));

  await user.click(await screen.findByRole("button", { name: "Keep" }));

  expect(service.calls.some(({ method }) => method === "DELETE")).toBe(false);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(region().getByRole("checkbox", { name: "Choose scan-1.pdf" })).toBeChecked();
});

test("a choice of all files is undone step by step", async () => {
  const { user } = await openOrder();
  await user.click(region().getByRole("checkbox", { name: "Choose scan-3.pdf" }));
  await user.click(region().getByRole("checkbox", { name: "1 chosen" }));
  expect(region().getByRole("checkbox", { name: "9 chosen" })).toBeChecked();

  await user.click(region().getByRole("button", { name: "Undo the last choice" }));

  expect(region().getByRole("checkbox", { name: "1 chosen" })).toBePartiallyChecked();
  expect(region().getByRole("checkbox", { name: "Choose scan-3.pdf" })).toBeChecked();
});

test("all files are chosen although the list has loaded some of them only", async () => {
  const { user } = await openOrder(documentsOf(500));
  expect(within(screen.getByTestId("files")).queryByText("scan-499.pdf")).toBeNull();

  await user.click(region().getByRole("checkbox", { name: "Choose all" }));

  expect(await region().findByRole("button", { name: "Remove 500 files" })).toBeVisible();
  expect(region().getByRole("checkbox", { name: "500 chosen" })).toBeChecked();
});

test("files that could not be removed are named, and removed by another try", async () => {
  const { user } = await openOrder();
  service.failures.push({ match: /DELETE .*-101$/, status: 500 });
  await user.click(region().getByRole("checkbox", { name: "Choose all" }));
  await user.click(region().getByRole("button", { name: "Remove 9 files" }));
  await user.click(await screen.findByRole("button", { name: "Remove" }));

  const dialog = within(await screen.findByRole("dialog", { name: "Remove 1 file?" }));
  expect(dialog.getByRole("alert")).toHaveTextContent("1 file could not be removed.");
  expect(dialog.getByText("scan-1.pdf")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Remove" }));

  await waitFor(() => expect(service.orders[0]?.documents).toEqual([]));
});

test("a file that is being sent is stopped when it is removed with others", async () => {
  const { user } = await openOrder(documentsOf(1));
  await user.upload(screen.getByTestId("files"), pdf("new.pdf"));
  await expectRequests(1);

  await user.click(region().getByRole("checkbox", { name: "Choose all" }));
  await user.click(region().getByRole("button", { name: "Remove 2 files" }));
  await user.click(await screen.findByRole("button", { name: "Remove" }));

  await waitFor(() => expect(service.orders[0]?.documents).toEqual([]));
  expect(OpenRequest.all[0]?.aborted).toBe(true);
});

test("duplicates are named before the order is paid, and removed by one action", async () => {
  const duplicate_of = { order_id: "01EARLIER", document_id: "01EARLIER-1" };
  const { user } = await openOrder([
    aDocument({ id: "01ORDER-1", filename: "new.pdf", sha256: "a" }),
    aDocument({ id: "01ORDER-2", filename: "paid.pdf", duplicate_of }),
    aDocument({ id: "01ORDER-3", filename: "copy.pdf", sha256: "a" }),
  ]);

  expect(region().getByText("Twice in this order")).toBeVisible();
  expect(region().getByText("The same file as “new.pdf”. Each of them is charged.")).toBeVisible();
  expect(region().getByRole("status")).toHaveTextContent(
    "1 document is already paid for and costs nothing and 1 file is in this order twice",
  );
  await user.click(region().getByRole("button", { name: "Remove all 2" }));
  await user.click(await screen.findByRole("button", { name: "Remove" }));

  await waitFor(() =>
    expect(service.orders[0]?.documents.map(({ filename }) => filename)).toEqual(["new.pdf"]),
  );
  await waitFor(() => expect(region().queryByText("Twice in this order")).toBeNull());
});

test("documents of a paid order cannot be chosen", async () => {
  service.orders = [anOrder({ status: "completed", documents: documentsOf(2) })];
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByText("scan-1.pdf");

  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("the progress of many files has the time that is left, and is announced by quarters", async () => {
  const announced: string[] = [];
  onTestFinished(subscribeToAnnouncements(() => announced.push(latestAnnouncement())));
  onTestFinished(() => void vi.useRealTimers());
  const { user } = await openOrder([]);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance", "Date"] });
  await user.upload(
    screen.getByTestId("files"),
    Array.from({ length: 20 }, (_, at) => pdf(`scan-${at}.pdf`)),
  );
  await expectRequests(3);

  for (let sent = 0; sent < 12; sent++) {
    OpenRequest.all[sent]?.finish(204);
    await expectRequests(sent + 4);
    act(() => void vi.advanceTimersByTime(30_000));
  }

  expect(region().getByText(/^12 of 20 uploaded, \d+ minutes? left$/)).toBeVisible();
  expect(announced.filter((text) => text.includes(" of 20 uploaded"))).toHaveLength(2);
});
