import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { anApiKey, anOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const KEY = anApiKey();
const OLD = anApiKey({ id: "01OLD", name: "Old script", status: "expired", last_used_at: null });

async function openKeys() {
  const site = await openSite({ at: "/account/keys" });
  await screen.findByRole("heading", { level: 1 });
  return site;
}

async function openDialog(user: Awaited<ReturnType<typeof openKeys>>["user"]) {
  await user.click(await screen.findByRole("button", { name: "Create a key" }));
  return within(await screen.findByRole("dialog"));
}

test("the account leads to its API keys", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("link", { name: "Show API keys" }));

  expect(await screen.findByRole("heading", { name: "API keys" })).toBeVisible();
  expect(await screen.findByText("You have no API keys.")).toBeVisible();
});

test("a key names its beginning, its scopes, its times and its state", async () => {
  service.apiKeys = [KEY, OLD];
  await openKeys();

  const [active, expired] = await screen.findAllByRole("listitem");

  expect(active).toHaveTextContent("Accounting import");
  expect(active).toHaveTextContent("dk_live_Gq7x…");
  expect(active).toHaveTextContent("Scopes: read and write");
  expect(active).toHaveTextContent(/Created Nov 20, 2026, expires Feb 18, 2027/);
  expect(active).toHaveTextContent(/Last used Nov 21, 2026/);
  expect(active).toHaveTextContent("Active");
  expect(active).toHaveTextContent("ID 01KEY");
  expect(expired).toHaveTextContent("Expired");
  expect(expired).toHaveTextContent("Never used");
});

test("a key is created with the chosen scopes and lifetime, and shown once", async () => {
  const { user } = await openKeys();

  const dialog = await openDialog(user);
  await user.type(dialog.getByLabelText(/Name/), "Import");
  await user.click(dialog.getByRole("checkbox", { name: /write/ }));
  await user.selectOptions(dialog.getByLabelText("Expires in"), "30 days");
  await user.click(dialog.getByRole("button", { name: "Create" }));

  const heading = await screen.findByRole("heading", { name: "The key “Import”" });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(service.calls.find(({ method, path }) => method === "POST" && path === "/auth/keys")?.body).toEqual({
    name: "Import",
    mode: "live",
    scopes: ["read", "write"],
    expires_in_days: 30,
  });
  const key = screen.getByText(/^dk_live_\w{36}$/).textContent;
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(key);
  await user.click(screen.getByRole("button", { name: "I have stored it" }));
  expect(screen.queryByText(String(key))).toBeNull();
  expect(await screen.findByRole("button", { name: "Revoke the key Import" })).toBeVisible();
});

test("a test key has no scope for payments, and the list names it", async () => {
  const { user } = await openKeys();
  const dialog = await openDialog(user);
  await user.type(dialog.getByLabelText(/Name/), "Import");
  await user.click(dialog.getByRole("checkbox", { name: /pay/ }));

  await user.click(dialog.getByRole("radio", { name: /Test/ }));

  expect(dialog.getByRole("radiogroup", { name: "Mode" })).toBeVisible();
  expect(dialog.queryByRole("checkbox", { name: /pay/ })).toBeNull();
  expect(dialog.getByRole("checkbox", { name: /write/ })).toHaveAccessibleName(/Open the sample order/);
  await user.click(dialog.getByRole("button", { name: "Create" }));
  expect(await screen.findByText(/^dk_test_\w{36}$/)).toBeVisible();
  expect(service.calls.find(({ method, path }) => method === "POST" && path === "/auth/keys")?.body).toEqual({
    name: "Import",
    mode: "test",
    scopes: ["read"],
    expires_in_days: 90,
  });
  const row = await screen.findByRole("listitem");
  expect(within(row).getByText("Test")).toBeVisible();
  expect(row).toHaveTextContent("dk_test_Gq7x…");
});

test("a browser that does not copy says so", async () => {
  const { user } = await openKeys();
  const dialog = await openDialog(user);
  await user.type(dialog.getByLabelText(/Name/), "Import");
  await user.click(dialog.getByRole("button", { name: "Create" }));
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValueOnce(new Error("not allowed"));

  await user.click(await screen.findByRole("button", { name: "Copy" }));

  expect(await screen.findByRole("button", { name: "Not copied: select the text" })).toBeVisible();
});

test("a key needs a scope", async () => {
  const { user } = await openKeys();
  const dialog = await openDialog(user);

  await user.type(dialog.getByLabelText(/Name/), "Import");
  await user.click(dialog.getByRole("checkbox", { name: /read/ }));
  await user.click(dialog.getByRole("button", { name: "Create" }));

  expect(await dialog.findByRole("alert")).toHaveTextContent("Choose at least one scope.");
  expect(service.apiKeys).toEqual([]);
});

test("who was not present lately enters the password, and the key is created", async () => {
  service.isRecent = false;
  const { user } = await openKeys();
  const dialog = await openDialog(user);
  await user.type(dialog.getByLabelText(/Name/), "Import");
  await user.click(dialog.getByRole("button", { name: "Create" }));

  const question = within(await screen.findByRole("dialog", { name: "Is it you?" }));
  await user.type(question.getByLabelText(/Password/), service.password);
  await user.click(question.getByRole("button", { name: "Go on" }));

  expect(await screen.findByRole("heading", { name: "The key “Import”" })).toBeVisible();
});

test.each([
  [
    "a name that the API refuses",
    400,
    {
      error: "Invalid",
      code: "bad_input",
      details: [{ field: "body.name", error: "Use one line", code: null }],
    },
    "Use one line",
  ],
  [
    "the limit of keys",
    409,
    {
      error: "Too many",
      code: "too_many_keys",
      params: { most: 20 },
    },
    /You have 20 API keys/,
  ],
])("%s is shown in the dialog", async (_, status, body, message) => {
  service.failures.push({ match: /POST \/auth\/keys/, status, body });
  const { user } = await openKeys();
  const dialog = await openDialog(user);

  await user.type(dialog.getByLabelText(/Name/), "Import");
  await user.click(dialog.getByRole("button", { name: "Create" }));

  expect(await dialog.findByText(message)).toBeVisible();
});

test("a key is revoked after a question", async () => {
  service.apiKeys = [KEY, OLD];
  const { user } = await openKeys();

  await user.click(await screen.findByRole("button", { name: "Revoke the key Accounting import" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Revoke “Accounting import”?" }));
  expect(service.apiKeys).toHaveLength(2);
  await user.click(dialog.getByRole("button", { name: "Revoke" }));

  expect(await screen.findByText("The key “Accounting import” is revoked.")).toBeVisible();
  expect(service.apiKeys).toEqual([OLD]);
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(1));
});

test("a key that was revoked elsewhere leaves the list", async () => {
  service.apiKeys = [KEY];
  const { user } = await openKeys();
  await user.click(await screen.findByRole("button", { name: /Revoke the key/ }));
  service.apiKeys = [];

  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Revoke" }));

  expect(await screen.findByText("You have no API keys.")).toBeVisible();
});

test("a failure is shown, and the list can be loaded again", async () => {
  service.apiKeys = [KEY];
  service.failures.push({ match: /GET \/auth\/keys/, status: 500 });
  const { user } = await openKeys();

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByText("Accounting import")).toBeVisible();
});

test("the page is in German, too", async () => {
  service.apiKeys = [KEY];
  await setLanguage("de");
  await openKeys();

  expect(await screen.findByText("Berechtigungen: read und write")).toBeVisible();
  await setLanguage("en");
});

test("the history of an order names the key that a program used", async () => {
  service.orders = [anOrder({ id: "01A" })];
  service.events = [
    {
      id: "01E",
      at: KEY.created_at,
      who: "customer",
      what: "opened",
      from: null,
      to: "pending",
      facts: { api_key_id: KEY.id },
    },
  ];
  await openSite({ at: "/orders/01A" });

  expect(await screen.findByText("By the API key 01KEY")).toBeVisible();
});
