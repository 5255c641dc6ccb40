import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakeDevice, withoutPasskeys } from "@/testing/passkeys";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const button = () => screen.findByRole("button", { name: "Sign in with a passkey" });

test("a passkey signs in without a password", async () => {
  const device = fakeDevice();
  const { user } = await openSite({ at: "/login", signedIn: false });

  await user.click(await button());

  expect(await screen.findByRole("heading", { name: "Orders" })).toBeVisible();
  const options = device.get.mock.calls[0]?.[0]?.publicKey;
  expect(options?.userVerification).toBe("required");
  expect(options?.allowCredentials).toBeUndefined();
  expect(service.calls.find(({ path }) => path === "/auth/login/passkey")?.body).toEqual({
    credential_id: "Y3JlZGVudGlhbA",
    user_handle: "MDFVU0VS",
    client_data: "e30",
    authenticator_data: "ZGF0YQ",
    signature: "c2lnbmF0dXJl",
  });
});

test("who cancels can try again", async () => {
  const device = fakeDevice();
  device.get.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  const { user } = await openSite({ at: "/login", signedIn: false });

  await user.click(await button());
  expect(await screen.findByRole("alert")).toHaveTextContent(/was cancelled/);
  await user.click(await button());

  expect(await screen.findByRole("heading", { name: "Orders" })).toBeVisible();
});

test("a passkey that was removed is refused", async () => {
  fakeDevice();
  service.failures.push({
    match: /login\/passkey$/,
    status: 401,
    body: { error: "Refused", code: "passkey_refused" },
  });
  const { user } = await openSite({ at: "/login", signedIn: false });

  await user.click(await button());

  expect(await screen.findByRole("alert")).toHaveTextContent(/passkey was not accepted/);
});

test("a request without a response is not sent again, because its challenge may be used", async () => {
  fakeDevice();
  service.failures.push({ match: /login\/passkey$/, status: 0 });
  const { user } = await openSite({ at: "/login", signedIn: false });

  await user.click(await button());

  expect(await screen.findByRole("alert")).toHaveTextContent(/cannot be reached/);
  expect(service.calls.filter(({ path }) => path === "/auth/login/passkey")).toHaveLength(1);
});

test("a browser without passkeys offers the password alone", async () => {
  withoutPasskeys();
  await openSite({ at: "/login", signedIn: false });

  expect(await screen.findByLabelText(/Password/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Sign in with a passkey" })).toBeNull();
});
