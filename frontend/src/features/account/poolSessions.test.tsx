import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { fakeDevice } from "@/testing/passkeys";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

beforeEach(() => {
  fakeDevice();
  service.config.identity = "gateway";
});

test("a stage with sessions of the pool offers nothing that needs sessions of its own", async () => {
  await openSite({ at: "/account" });
  expect(await screen.findByRole("heading", { level: 1 })).toBeVisible();

  await waitFor(() => expect(screen.queryByRole("link", { name: "Show sessions" })).toBeNull());
  expect(screen.queryByText("Change your password")).toBeNull();
  expect(screen.queryByText("Second factor")).toBeNull();
  expect(screen.queryByText("Passkeys")).toBeNull();
  expect(screen.queryByRole("link", { name: "Show API keys" })).toBeNull();
});

test("its customers sign in by the password alone", async () => {
  await openSite({ at: "/login", signedIn: false });

  expect(await screen.findByLabelText(/Password/)).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("link", { name: "Forgot your password?" })).toBeNull());
  expect(screen.queryByRole("button", { name: "Sign in with a passkey" })).toBeNull();
});
