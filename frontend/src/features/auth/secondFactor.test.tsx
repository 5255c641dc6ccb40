import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

beforeEach(() => {
  service.user = { ...service.user, second_factor: true };
});

async function enterPassword() {
  const site = await openSite({ at: "/login", signedIn: false });
  await site.user.type(await screen.findByLabelText(/Email address/), service.user.email);
  await site.user.type(screen.getByLabelText(/Password/), service.password);
  await site.user.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("heading", { name: "Enter a code" });
  return site;
}

test("a code completes the login", async () => {
  const { user } = await enterPassword();

  await user.type(screen.getByLabelText(/Code/), "000000");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(/code is wrong/);
  await user.clear(screen.getByLabelText(/Code/));
  await user.type(screen.getByLabelText(/Code/), service.code);
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("heading", { name: "Orders" })).toBeVisible();
  expect(service.calls.find(({ path }) => path === "/auth/login/mfa")?.body).toEqual({
    mfa_token: "first-step",
    code: "000000",
  });
});

test("after too long the password is asked for again", async () => {
  service.failures.push({
    match: /login\/mfa$/,
    status: 401,
    body: { error: "Late", code: "login_expired" },
  });
  const { user } = await enterPassword();

  await user.type(screen.getByLabelText(/Code/), service.code);
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(screen.getByText(/Your session has ended/)).toBeVisible();
});

test("the password can be entered again", async () => {
  const { user } = await enterPassword();

  await user.click(screen.getByRole("button", { name: "Enter the password again" }));

  expect(await screen.findByLabelText(/Password/)).toBeVisible();
});
