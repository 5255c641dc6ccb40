import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { aDocument, anOrder, aPayment, aReportState } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const requests = () => service.calls.filter(({ method, path }) => method === "POST" && /reports$/.test(path));

function serveOrder() {
  service.orders = [anOrder({ status: "completed", payment: aPayment(), documents: [aDocument()] })];
}

/** What the page downloads. */
function watchDownloads() {
  return vi.spyOn(window.location, "assign").mockImplementation(() => undefined);
}

async function openMenu() {
  const site = await openSite({ at: "/orders/01ORDER" });
  await site.user.click(await screen.findByRole("button", { name: "Download" }));
  await screen.findByRole("menu", { name: "Download" });
  return site;
}

test("a report is requested, shows its progress, and is downloaded when it is made", async () => {
  serveOrder();
  const assign = watchDownloads();
  const { user } = await openMenu();

  await user.click(screen.getByRole("menuitem", { name: "Line items (CSV)" }));

  const tray = await screen.findByRole("region", { name: "Downloads" });
  expect(within(tray).getByText("Invoices March: Line items (CSV)")).toBeVisible();
  expect(requests().map(({ body }) => body)).toEqual([
    { format: "csv", table: "line_items", doubtful: "mark", language: "en" },
  ]);

  service.report = aReportState({ done: 25, total: 300 });
  expect(await within(tray).findByText(/25 of 300 documents/)).toBeVisible();
  expect(within(tray).getByRole("progressbar", { name: /Line items/ })).toHaveAttribute("aria-valuenow", "8");
  expect(assign).not.toHaveBeenCalled();

  service.report = aReportState({ done: 300, total: 300 });
  expect(await within(tray).findByText(/The file is being written/)).toBeVisible();
  expect(within(tray).getByRole("progressbar", { name: /Line items/ })).not.toHaveAttribute("aria-valuenow");

  service.report = aReportState({ status: "ready", done: 300, total: 300 });
  await waitFor(() => expect(assign.mock.calls).toEqual([["http://bucket.test/report.csv"]]));
  expect(await within(tray).findByText(/Downloaded/)).toBeVisible();
});

test("the progress stays when the page is left, and the report is downloaded elsewhere", async () => {
  serveOrder();
  const assign = watchDownloads();
  const { user } = await openMenu();
  await user.click(screen.getByRole("menuitem", { name: "Excel workbook (XLSX)" }));
  await screen.findByRole("region", { name: "Downloads" });

  await user.click(screen.getByRole("link", { name: "Account" }));
  await screen.findByRole("heading", { level: 1, name: /Account/ });
  expect(screen.getByRole("progressbar", { name: "Invoices March: Excel workbook (XLSX)" })).toBeVisible();
  service.report = aReportState({ status: "ready", done: 1, total: 1 });

  await waitFor(() => expect(assign.mock.calls).toEqual([["http://bucket.test/report.xlsx"]]));
});

test("doubtful facts can be left out", async () => {
  serveOrder();
  const { user } = await openMenu();
  const omit = screen.getByRole("menuitemcheckbox", { name: "Leave doubtful facts out", checked: false });

  await user.click(omit);
  expect(omit).toBeChecked();
  await user.click(screen.getByRole("menuitem", { name: /JSON/ }));

  await waitFor(() => expect(requests().map(({ body }) => body)).toMatchObject([{ doubtful: "omit" }]));
});

test("the menu is used by keyboard, and gives the focus back", async () => {
  serveOrder();
  const { user } = await openSite({ at: "/orders/01ORDER" });
  const button = await screen.findByRole("button", { name: "Download" });
  button.focus();

  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("menuitem", { name: /XLSX/ })).toHaveFocus());
  await user.keyboard("{ArrowDown}");
  expect(screen.getByRole("menuitem", { name: "Documents (CSV)" })).toHaveFocus();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(button).toHaveFocus());
  expect(screen.queryByRole("menu")).toBeNull();
  expect(requests()).toEqual([]);

  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("menuitem", { name: /XLSX/ })).toHaveFocus());
  await user.keyboard("{ArrowUp}{ArrowUp}{Enter}");
  await waitFor(() => expect(requests().map(({ body }) => body)).toMatchObject([{ format: "pdf" }]));
});

test("a report that is being made is not requested twice", async () => {
  serveOrder();
  const { user } = await openMenu();
  await user.click(screen.getByRole("menuitem", { name: /PDF/ }));
  await screen.findByRole("region", { name: "Downloads" });

  await user.click(screen.getByRole("button", { name: "Download" }));
  await user.click(await screen.findByRole("menuitem", { name: /PDF/ }));

  expect(requests()).toHaveLength(1);
});

test("a report that is ready is downloaded again by a new URL, and is closed", async () => {
  serveOrder();
  const assign = watchDownloads();
  const { user } = await openMenu();
  await user.click(screen.getByRole("menuitem", { name: /PDF/ }));
  await screen.findByRole("region", { name: "Downloads" });
  service.report = aReportState({ status: "ready", done: 1, total: 1 });

  await user.click(await screen.findByRole("button", { name: /Download again: Invoices March/ }));
  await waitFor(() => expect(assign).toHaveBeenCalledTimes(2));
  await user.click(screen.getByRole("button", { name: /Close: Invoices March/ }));

  expect(screen.queryByRole("region", { name: "Downloads" })).toBeNull();
});

test("a report that is requested anew is downloaded when it is made anew", async () => {
  serveOrder();
  const assign = watchDownloads();
  const { user } = await openMenu();
  await user.click(screen.getByRole("menuitem", { name: /PDF/ }));
  await screen.findByRole("region", { name: "Downloads" });
  service.report = aReportState({ status: "ready", done: 1, total: 1 });
  await user.click(await screen.findByRole("button", { name: /Download again/ }));
  await waitFor(() => expect(assign).toHaveBeenCalledTimes(2));

  service.report = aReportState();
  await user.click(screen.getByRole("button", { name: "Download" }));
  await user.click(await screen.findByRole("menuitem", { name: /PDF/ }));
  expect(await screen.findByRole("progressbar", { name: /PDF/ })).toBeVisible();
  service.report = aReportState({ status: "ready", done: 1, total: 1 });

  await waitFor(() => expect(assign).toHaveBeenCalledTimes(3));
});

test("a report that has expired is requested again", async () => {
  serveOrder();
  const assign = watchDownloads();
  const { user } = await openMenu();
  await user.click(screen.getByRole("menuitem", { name: /PDF/ }));
  await screen.findByRole("region", { name: "Downloads" });
  service.report = aReportState({ status: "ready", done: 1, total: 1 });
  const again = await screen.findByRole("button", { name: /Download again/ });
  service.report = null;

  await user.click(again);
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("progressbar", { name: /PDF/ })).toBeVisible();
  service.report = aReportState({ status: "ready", done: 1, total: 1 });

  await waitFor(() => expect(assign).toHaveBeenCalledTimes(2));
});

test("a refused request is shown, and is repeated", async () => {
  serveOrder();
  const body = { error: "Too many", code: "too_many_tries", params: { retry_after: 300 } };
  service.failures.push({ match: /POST .*reports$/, status: 429, body });
  const { user } = await openMenu();
  await user.click(screen.getByRole("menuitem", { name: /PDF/ }));

  expect(await screen.findByRole("alert")).toHaveTextContent("too much at once");
  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("progressbar", { name: /PDF/ })).toBeVisible();
  expect(requests()).toHaveLength(2);
});

test("a failure of the service has the number of the request", async () => {
  serveOrder();
  const body = { error: "x", code: "internal", request_id: "r7" };
  service.failures.push({ match: /POST .*reports$/, status: 500, body });
  const { user } = await openMenu();

  await user.click(screen.getByRole("menuitem", { name: /JSON/ }));

  expect(await screen.findByText(/r7/)).toBeVisible();
});

test("a report that could not be made says so", async () => {
  serveOrder();
  const { user } = await openMenu();
  await user.click(screen.getByRole("menuitem", { name: /PDF/ }));
  await screen.findByRole("region", { name: "Downloads" });

  service.report = null;

  expect(await screen.findByRole("alert")).toHaveTextContent("Request it again");
});

test("an unpaid order has no report", async () => {
  service.orders = [anOrder({ documents: [aDocument()] })];
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByText("Open the preview");

  expect(screen.queryByRole("button", { name: "Download" })).toBeNull();
});

test("the menu and the tray are in German, too", async () => {
  await setLanguage("de");
  serveOrder();
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.click(await screen.findByRole("button", { name: "Herunterladen" }));
  await user.click(await screen.findByRole("menuitem", { name: "Umsätze (CSV)" }));

  await waitFor(() => expect(requests().map(({ body }) => body)).toMatchObject([{ language: "de" }]));
  expect(await screen.findByText(/Wird vorbereitet/)).toBeVisible();
  await setLanguage("en");
});
