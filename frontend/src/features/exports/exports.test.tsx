import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { anExport, aReadyExport } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const requested = () =>
  service.calls.filter((call) => `${call.method} ${call.path}` === "POST /auth/me/export");

async function openExport() {
  const site = await openSite({ at: "/account/export" });
  await screen.findByRole("heading", { name: "Your archive" });
  return site;
}

/** What the page downloads. */
function watchDownloads() {
  return vi.spyOn(window.location, "assign").mockImplementation(() => undefined);
}

test("the account leads to its data", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("link", { name: "Download your data" }));

  expect(await screen.findByRole("heading", { name: "Your data" })).toBeVisible();
});

test("an archive is requested, and is being made", async () => {
  const { user } = await openExport();

  await user.click(screen.getByRole("button", { name: "Request an archive" }));

  expect(await screen.findByText(/is being made/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /Request/ })).toBeNull();
  expect(requested()).toHaveLength(1);
});

test("an archive that is being made appears when it is ready", async () => {
  service.export = anExport({ status: "making", requested_at: "2026-11-20T10:00:00Z" });
  await openExport();
  expect(screen.queryByRole("button", { name: /Download/ })).toBeNull();

  service.export = aReadyExport();

  expect(await screen.findByRole("button", { name: "Download: ZIP archive" })).toBeVisible();
  expect(screen.getByText(/You can download it until Nov 27, 2026/)).toBeVisible();
});

test("each part is downloaded by an address of its own", async () => {
  service.export = aReadyExport(2);
  const assign = watchDownloads();
  const { user } = await openExport();
  expect(screen.getByText(/Unpack all parts into one folder/)).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Download: Part 1 of 2" }));
  await user.click(screen.getByRole("button", { name: "Download: Part 2 of 2" }));

  await waitFor(() =>
    expect(assign.mock.calls).toEqual([["http://bucket.test/1.zip"], ["http://bucket.test/2.zip"]]),
  );
});

test.each([
  ["requests", "Request an archive", anExport()],
  ["downloads", "Download: ZIP archive", aReadyExport()],
])("who was not present lately enters the password and %s then", async (_, button, latest) => {
  service.export = latest;
  service.isRecent = false;
  const assign = watchDownloads();
  const { user } = await openExport();

  await user.click(screen.getByRole("button", { name: button }));
  await user.type(await screen.findByLabelText(/Password/), service.password);
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Go on" }));

  await waitFor(() => expect(requested().length + assign.mock.calls.length).toBeGreaterThan(0));
  if (latest.status === "ready") expect(assign).toHaveBeenCalledWith("http://bucket.test/1.zip");
  else expect(await screen.findByText(/is being made/)).toBeVisible();
});

test("an expired archive can be requested again", async () => {
  service.export = anExport({ status: "expired", expires_at: "2026-11-27T10:05:00Z" });
  const { user } = await openExport();
  expect(screen.getByText(/could be downloaded until Nov 27, 2026/)).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Request an archive" }));

  expect(await screen.findByText(/is being made/)).toBeVisible();
});

test("an archive that expired while the page was open is shown as expired", async () => {
  service.export = aReadyExport();
  const { user } = await openExport();
  service.export = anExport({ status: "expired", expires_at: "2026-11-27T10:05:00Z" });

  await user.click(screen.getByRole("button", { name: "Download: ZIP archive" }));

  expect(await screen.findByText(/is deleted now/)).toBeVisible();
});

test("an export that failed can be requested again", async () => {
  service.export = anExport({ status: "failed", requested_at: "2026-11-20T10:00:00Z" });
  const { user } = await openExport();
  expect(screen.getByRole("alert")).toHaveTextContent("could not be made");

  await user.click(screen.getByRole("button", { name: "Request an archive" }));

  expect(await screen.findByText(/is being made/)).toBeVisible();
});

test("a request that comes too soon is refused with a message", async () => {
  service.export = aReadyExport();
  const body = { error: "Too many", code: "too_many_tries", params: { seconds: 1800 } };
  service.failures.push({ match: /POST .auth.me.export/, status: 429, body });
  const { user } = await openExport();

  await user.click(screen.getByRole("button", { name: "Request a new archive" }));

  expect(await screen.findByRole("alert")).toBeVisible();
  expect(screen.getByRole("button", { name: "Download: ZIP archive" })).toBeVisible();
});

test("a failure is shown, and the state can be loaded again", async () => {
  service.failures.push({ match: /GET .auth.me.export/, status: 500 });
  const { user } = await openSite({ at: "/account/export" });

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("button", { name: "Request an archive" })).toBeVisible();
});

test("the page is in German, too", async () => {
  await setLanguage("de");
  await openSite({ at: "/account/export" });

  expect(await screen.findByRole("heading", { name: "Ihre Daten" })).toBeVisible();
  expect(await screen.findByRole("button", { name: "Archiv anfordern" })).toBeVisible();
  await setLanguage("en");
});
