import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { aSession } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const HERE = aSession({ id: "01HERE", is_current: true });
const PHONE = aSession({ id: "01PHONE", browser: "Chrome", system: "Android", place: null });

async function openSessions() {
  const site = await openSite({ at: "/account/sessions" });
  await screen.findByRole("heading", { level: 1 });
  return site;
}

test("the account leads to its sessions", async () => {
  service.sessions = [HERE];
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("link", { name: "Show sessions" }));

  expect(await screen.findByRole("heading", { name: "Sessions" })).toBeVisible();
});

test("a session names its device, its place and its times, and this one has no button", async () => {
  service.sessions = [PHONE, HERE];
  await openSessions();

  const [phone, here] = await screen.findAllByRole("listitem");

  expect(phone).toHaveTextContent("Chrome, Android");
  expect(phone).toHaveTextContent("203.0.113.7");
  expect(here).toHaveTextContent("Bern, CH · 203.0.113.7");
  expect(here).toHaveTextContent("This session");
  expect(within(here as HTMLElement).queryByRole("button")).toBeNull();
});

test("a session ends and leaves the list", async () => {
  service.sessions = [PHONE, HERE];
  const { user } = await openSessions();

  await user.click(await screen.findByRole("button", { name: "End the session of Chrome, Android" }));

  expect(await screen.findByText("You are signed in here only.")).toBeVisible();
  expect(service.sessions).toEqual([HERE]);
  expect(screen.getByText("The session of Chrome, Android has ended.")).toBeInTheDocument();
});

test("a session that has ended elsewhere leaves the list", async () => {
  service.sessions = [PHONE, HERE];
  const { user } = await openSessions();
  const button = await screen.findByRole("button", { name: /Android/ });
  service.sessions = [HERE];

  await user.click(button);

  await waitFor(() => expect(screen.queryByRole("button", { name: /Android/ })).toBeNull());
});

test("all others end after a question", async () => {
  service.sessions = [PHONE, HERE];
  const { user } = await openSessions();

  await user.click(await screen.findByRole("button", { name: "End all others" }));
  const dialog = await screen.findByRole("dialog");
  expect(service.sessions).toHaveLength(2);
  await user.click(within(dialog).getByRole("button", { name: "End all others" }));

  expect(await screen.findByText("All other sessions have ended.")).toBeVisible();
  expect(service.sessions).toEqual([HERE]);
});

test.each([
  ["one session", "End the session of Chrome, Android"],
  ["all others", "End all others"],
])("who was not present lately enters the password before %s ends", async (_, button) => {
  service.sessions = [PHONE, HERE];
  service.isRecent = false;
  const { user } = await openSessions();

  await user.click(await screen.findByRole("button", { name: button }));
  if (button === "End all others") await user.click(await screen.findByRole("button", { name: button }));
  const password = await screen.findByLabelText(/Password/);
  await user.type(password, "a guess");
  await user.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByText("Invalid email or password")).toBeVisible();
  expect(service.sessions).toHaveLength(2);

  await user.clear(password);
  await user.type(password, service.password);
  await user.click(screen.getByRole("button", { name: "Go on" }));

  await waitFor(() => expect(service.sessions).toEqual([HERE]));
  expect(await screen.findByText("You are signed in here only.")).toBeVisible();
});

test("nothing happens if the customer enters no password", async () => {
  service.sessions = [PHONE, HERE];
  service.isRecent = false;
  const { user } = await openSessions();

  await user.click(await screen.findByRole("button", { name: /Android/ }));
  await user.click(await screen.findByRole("button", { name: "Cancel" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(service.sessions).toHaveLength(2);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a failure is shown, and the list can be loaded again", async () => {
  service.sessions = [HERE];
  service.failures.push({ match: /GET \/auth\/sessions/, status: 500 });
  const { user } = await openSessions();

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByText("This session")).toBeVisible();
});

test("the page is in German, too", async () => {
  service.sessions = [aSession({ browser: null, system: null })];
  await setLanguage("de");
  await openSessions();

  expect(await screen.findByRole("heading", { name: "Sitzungen" })).toBeVisible();
  expect(await screen.findByText("Unbekanntes Gerät")).toBeVisible();
  await setLanguage("en");
});
