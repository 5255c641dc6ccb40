import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { aPasskey } from "@/testing/api";
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

test("an account of a user pool keeps its password", async () => {
  service.passkeys = [aPasskey()];
  await openSite({ at: "/account" });

  expect(await screen.findByRole("button", { name: "Remove the passkey Laptop" })).toBeVisible();
  expect(screen.getByText("Change your password")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Remove password" })).toBeNull();
});
