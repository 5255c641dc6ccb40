import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { fakeDevice } from "@/testing/passkeys";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

beforeEach(() => {
  fakeDevice();
  service.config.identity = "cognito";
});

test("an account in a user pool has everything that one of the service has", async () => {
  await openSite({ at: "/account" });

  expect(await screen.findByRole("link", { name: "Show sessions" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Show API keys" })).toBeVisible();
  for (const title of ["Change your address", "Change your password", "Second factor", "Passkeys"])
    expect(await screen.findByText(title)).toBeVisible();
  expect(await screen.findByRole("button", { name: "Add a passkey" })).toBeVisible();
});

test("a customer of a user pool may sign in with a passkey", async () => {
  await openSite({ at: "/login", signedIn: false });

  expect(await screen.findByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
});
