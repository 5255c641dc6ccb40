import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const sent = () => service.calls.filter((call) => `${call.method} ${call.path}` === "DELETE /auth/me");

test("an account is deleted after a question", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Delete account" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/cannot be brought back/)).toBeVisible();
  expect(sent()).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Delete for good" }));

  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(screen.getByText(/Your account is being deleted/)).toBeVisible();
  expect(sent()).toHaveLength(1);
  expect(localStorage.getItem("docket.had-session")).toBeNull();
});

test("an account is kept by whoever thinks again", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Delete account" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Keep it" }));

  expect(sent()).toEqual([]);
  expect(screen.getByRole("button", { name: "Delete account" })).toBeVisible();
});

test("who was not present lately enters the password first", async () => {
  service.isRecent = false;
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Delete account" }));
  await user.click(await screen.findByRole("button", { name: "Delete for good" }));
  const password = await screen.findByLabelText("Password *");
  await user.type(password, service.password);
  await user.click(screen.getByRole("button", { name: "Go on" }));

  expect(await screen.findByText(/Your account is being deleted/)).toBeVisible();
  expect(sent()).toHaveLength(2);
});

test("a refusal is shown, and the session goes on", async () => {
  service.failures.push({ match: /DELETE .auth.me$/, status: 502, body: { error: "Down", code: "outage" } });
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Delete account" }));
  await user.click(await screen.findByRole("button", { name: "Delete for good" }));

  expect(await screen.findByRole("alert")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Account" })).toBeVisible();
});
