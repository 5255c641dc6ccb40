import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { latestAnnouncement } from "@/components/announce";
import { aDocument, anOrder, aSampleOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

function serve(change: Parameters<typeof aDocument>[0] = {}) {
  service.orders = [anOrder({ documents: [aDocument(change)] })];
}

async function openDialog() {
  const site = await openSite({ at: "/orders/01ORDER" });
  const button = await screen.findByRole("button", { name: "Rename invoice.pdf" });
  await site.user.click(button);
  const field = await screen.findByLabelText("Name");
  return { ...site, button, field };
}

test("a document is renamed by Enter, and the button has the focus again", async () => {
  serve();
  const { user, field } = await openDialog();

  await user.clear(field);
  await user.type(field, "Rent, March{Enter}");

  const renamed = await screen.findByRole("button", { name: "Rename Rent, March" });
  await waitFor(() => expect(renamed).toHaveFocus());
  expect(screen.getByText("invoice.pdf")).toBeVisible();
  expect(latestAnnouncement()).toBe("Renamed to Rent, March");
  const call = service.calls.find(({ method }) => method === "PATCH");
  expect([call?.body, call?.headers.get("if-match")]).toEqual([{ title: "Rent, March" }, '"none"']);
});

test("Escape changes nothing", async () => {
  serve();
  const { user, button, field } = await openDialog();

  await user.type(field, " draft{Escape}");

  await waitFor(() => expect(button).toHaveFocus());
  expect(service.calls.some(({ method }) => method === "PATCH")).toBe(false);
});

test("without a name a document is called after its file", async () => {
  serve({ title: "Rent", title_etag: '"Rent"' });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.click(await screen.findByRole("button", { name: "Rename Rent" }));

  await user.clear(await screen.findByLabelText("Name"));
  await user.keyboard("{Enter}");

  expect(await screen.findByRole("button", { name: "Rename invoice.pdf" })).toBeVisible();
  expect(service.calls.find(({ method }) => method === "PATCH")?.body).toEqual({ title: null });
});

test("a name that was changed elsewhere is shown, and can be replaced", async () => {
  serve();
  const { user, field } = await openDialog();
  serve({ title: "Lease", title_etag: '"Lease"' });

  await user.clear(field);
  await user.type(field, "Rent{Enter}");
  expect(await screen.findByText(/It is called Lease now, and your name was Rent/)).toBeVisible();
  await screen.findByRole("heading", { name: "Rename Lease" });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(service.orders[0]?.documents[0]?.title).toBe("Rent"));
});

test("the list is searched by titles", async () => {
  const titled = aDocument({ title: "Rent, March" });
  const others = Array.from({ length: 8 }, (_, at) =>
    aDocument({ id: `01ORDER-${at}`, filename: `scan-${at}.pdf` }),
  );
  service.orders = [anOrder({ documents: [titled, ...others] })];
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.type(await screen.findByLabelText("Search by name"), "rent");

  expect(await screen.findByText("Rent, March")).toBeVisible();
  await waitFor(() => expect(screen.queryByText("scan-1.pdf")).toBeNull());
});

test("sample documents keep their names", async () => {
  service.orders = [aSampleOrder()];
  await openSite({ at: "/orders/01SAMPLE" });
  await screen.findByText("invoice.pdf");

  expect(screen.queryByRole("button", { name: /Rename/ })).toBeNull();
});
