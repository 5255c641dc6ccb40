import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { aPasskey } from "@/testing/api";
import { fakeDevice, withoutPasskeys } from "@/testing/passkeys";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

let device: ReturnType<typeof fakeDevice>;

beforeEach(() => {
  device = fakeDevice();
});

async function openDialog(name: string) {
  const { user } = await openSite({ at: "/account" });
  await user.click(await screen.findByRole("button", { name: "Add a passkey" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.type(dialog.getByLabelText(/Name/), name);
  await user.click(dialog.getByRole("button", { name: "Go on" }));
  return { user, dialog };
}

test("who has no passkeys is told so", async () => {
  await openSite({ at: "/account" });

  expect(await screen.findByText("You have no passkeys.")).toBeVisible();
});

test("passkeys are listed with their times", async () => {
  service.passkeys = [aPasskey(), aPasskey({ id: "01PHONE", name: "Phone", is_synced: true, used_at: null })];
  await openSite({ at: "/account" });

  const [laptop, phone] = within(await screen.findByRole("list", { name: "Passkeys" })).getAllByRole(
    "listitem",
  );
  expect(laptop).toHaveTextContent(/LaptopAdded Nov 20, 2026, on one deviceLast used Nov 21, 2026/);
  expect(phone).toHaveTextContent(/PhoneAdded Nov 20, 2026, on several of your devicesNever used/);
});

test("a list that cannot be loaded can be loaded again", async () => {
  service.failures.push({ match: /GET \/auth\/passkeys/, status: 500 });
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByText("You have no passkeys.")).toBeVisible();
});

test("a passkey is added as the device has made it", async () => {
  service.passkeys = [aPasskey()];
  await openDialog("Phone");

  expect(await screen.findByText("The passkey “Phone” is added.")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Remove the passkey Phone" })).toBeVisible();
  const options = device.create.mock.calls[0]?.[0]?.publicKey;
  expect(options?.authenticatorSelection).toEqual({
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  expect(new TextDecoder().decode(options?.user.id)).toBe("01USER");
  expect(options?.excludeCredentials).toHaveLength(1);
  expect(
    service.calls.find(({ method, path }) => method === "POST" && path === "/auth/passkeys")?.body,
  ).toEqual({
    name: "Phone",
    credential_id: "Y3JlZGVudGlhbA",
    client_data: "-__-",
    attestation: "YXR0ZXN0YXRpb24",
  });
});

test.each([
  ["NotAllowedError", /was cancelled/],
  ["InvalidStateError", /has a passkey of your account already/],
  ["SecurityError", /could not use a passkey here/],
])("a device that makes none says why: %s", async (name, text) => {
  device.create.mockRejectedValueOnce(new DOMException("", name));
  const { dialog, user } = await openDialog("Phone");

  expect(await dialog.findByRole("alert")).toHaveTextContent(text);
  await user.click(dialog.getByRole("button", { name: "Go on" }));
  expect(await screen.findByText("The passkey “Phone” is added.")).toBeVisible();
});

test("a refused name is shown at its field", async () => {
  service.failures.push({
    match: /POST \/auth\/passkeys$/,
    status: 400,
    body: {
      error: "name",
      code: "bad_input",
      params: {},
      details: [{ field: "name", error: "Not one line", code: "control_characters", params: {} }],
    },
  });
  const { dialog } = await openDialog("Phone");

  await waitFor(() => expect(dialog.getByLabelText(/Name/)).toBeInvalid());
});

async function rename(from: string, to: string, meanwhile?: () => void) {
  const { user } = await openSite({ at: "/account" });
  await user.click(await screen.findByRole("button", { name: `Rename the passkey ${from}` }));
  const dialog = within(await screen.findByRole("dialog"));
  const field = dialog.getByLabelText(/Name/);
  expect(field).toHaveValue(from);
  meanwhile?.();
  await user.clear(field);
  await user.type(field, to);
  await user.click(dialog.getByRole("button", { name: "Save" }));
  return { user, dialog };
}

test("a passkey is renamed, which needs no proof of presence", async () => {
  service.passkeys = [aPasskey(), aPasskey({ id: "01PHONE", name: "Phone" })];
  service.isRecent = false;
  await rename("Laptop", "Old laptop");

  expect(await screen.findByText("The passkey is called “Old laptop” now.")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Rename the passkey Old laptop" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Rename the passkey Phone" })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a passkey that was removed elsewhere is not renamed, and goes from the list", async () => {
  service.passkeys = [aPasskey()];
  const { user, dialog } = await rename("Laptop", "Old laptop", () => {
    service.passkeys = [];
  });

  expect(await dialog.findByRole("alert")).toHaveTextContent(/is removed already/);
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByText("You have no passkeys.")).toBeVisible();
});

test("a refused new name is shown at its field", async () => {
  service.passkeys = [aPasskey()];
  service.failures.push({
    match: /PATCH \/auth\/passkeys/,
    status: 400,
    body: {
      error: "name",
      code: "bad_input",
      params: {},
      details: [{ field: "name", error: "Not one line", code: "control_characters", params: {} }],
    },
  });
  const { dialog } = await rename("Laptop", "Old laptop");

  await waitFor(() => expect(dialog.getByLabelText(/Name/)).toBeInvalid());
});

test("a passkey proves presence in place of the password", async () => {
  service.passkeys = [aPasskey()];
  service.isRecent = false;
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Remove the passkey Laptop" }));
  const dialog = within(await screen.findByRole("dialog"));
  device.get.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  await user.click(dialog.getByRole("button", { name: "Use a passkey instead" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent(/was cancelled/);
  await user.click(dialog.getByRole("button", { name: "Use a passkey instead" }));

  expect(await screen.findByText(/The passkey “Laptop” is removed/)).toBeVisible();
  expect(screen.getByText("You have no passkeys.")).toBeVisible();
});

test("a browser without passkeys lists and removes, and adds none", async () => {
  withoutPasskeys();
  service.passkeys = [aPasskey()];
  service.isRecent = false;
  const { user } = await openSite({ at: "/account" });

  expect(await screen.findByText(/This browser has no passkeys/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Add a passkey" })).toBeNull();
  await user.click(await screen.findByRole("button", { name: "Remove the passkey Laptop" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.queryByRole("button", { name: "Use a passkey instead" })).toBeNull();
  await user.type(dialog.getByLabelText(/Password/), service.password);
  await user.click(dialog.getByRole("button", { name: "Go on" }));

  expect(await screen.findByText(/The passkey “Laptop” is removed/)).toBeVisible();
});

test("it is said in German, too", async () => {
  await setLanguage("de");
  try {
    await openSite({ at: "/account" });

    expect(await screen.findByText("Sie haben keine Passkeys.")).toBeVisible();
  } finally {
    await setLanguage("en");
    vi.restoreAllMocks();
  }
});
