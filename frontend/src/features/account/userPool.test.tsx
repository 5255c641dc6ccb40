import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

test("a stage with a user pool offers nothing that only the service's own accounts have", async () => {
  service.config.identity = "cognito";
  const account = await openSite({ at: "/account" });
  await waitFor(() => expect(screen.queryByText("Change your password")).toBeNull());
  expect(screen.queryByText("Change your address")).toBeNull();
  expect(screen.queryByRole("link", { name: "Show sessions" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Show API keys" })).toBeNull();
  account.unmount();

  await openSite({ at: "/login", signedIn: false });

  expect(await screen.findByRole("heading", { level: 1 })).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("link", { name: "Forgot your password?" })).toBeNull());
});
