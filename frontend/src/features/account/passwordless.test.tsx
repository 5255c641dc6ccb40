import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { aPasskey } from "@/testing/api";
import { fakeDevice, withoutPasskeys } from "@/testing/passkeys";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const sent = (call: string) => service.calls.filter(({ method, path }) => `${method} ${path}` === call);
const removals = () => sent("DELETE /auth/me/password");

beforeEach(() => {
  fakeDevice();
  service.passkeys = [aPasskey()];
});

async function openQuestion() {
  const { user } = await openSite({ at: "/account" });
  await user.click(await screen.findByRole("button", { name: "Remove password" }));
  return { user, question: within(await screen.findByRole("dialog", { name: "Remove your password?" })) };
}

async function openWithoutPassword() {
  service.user = { ...service.user, has_password: false };
  return openSite({ at: "/account" });
}

test("a password is removed after a question", async () => {
  const { user, question } = await openQuestion();
  expect(question.getByText(/From then on you sign in by a passkey/)).toBeVisible();
  expect(removals()).toEqual([]);
  await user.click(question.getByRole("button", { name: "Remove it" }));

  expect(await screen.findByText(/Your password is removed/)).toBeVisible();
  expect(screen.getByText(/only your passkeys open it/)).toBeVisible();
  expect(screen.queryByLabelText(/Present password/)).toBeNull();
  expect(removals()).toHaveLength(1);
});

test("a password is kept by whoever thinks again", async () => {
  const { user, question } = await openQuestion();
  await user.click(question.getByRole("button", { name: "Keep it" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(removals()).toEqual([]);
});

test("who was not present lately proves it first", async () => {
  service.isRecent = false;
  const { user, question } = await openQuestion();
  await user.click(question.getByRole("button", { name: "Remove it" }));
  await user.click(await screen.findByRole("button", { name: "Use a passkey instead" }));

  expect(await screen.findByText(/Your password is removed/)).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(removals()).toHaveLength(2);
});

test("a passkey that is gone meanwhile leaves the password, and says so", async () => {
  const { user, question } = await openQuestion();
  service.passkeys = [];
  await user.click(question.getByRole("button", { name: "Remove it" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(/Add a passkey first/);
  expect(screen.getByLabelText(/Present password/)).toBeVisible();
});

test("without a passkey no password is removed", async () => {
  service.passkeys = [];
  await openSite({ at: "/account" });

  expect(await screen.findByText("You have no passkeys.")).toBeVisible();
  expect(screen.getByText("Change your password")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Remove password" })).toBeNull();
});

test("a link is mailed that sets a password again", async () => {
  const { user } = await openWithoutPassword();
  const card = within(await screen.findByRole("region", { name: "Password" }));
  service.failures.push({ match: /forgot-password/, status: 500 });
  await user.click(card.getByRole("button", { name: "Send a link" }));
  expect(await card.findByRole("alert")).toBeVisible();

  await user.click(card.getByRole("button", { name: "Send a link" }));

  expect(await card.findByText(/We have sent an email to ada@example.org/)).toBeVisible();
  expect(sent("POST /auth/forgot-password").map(({ body }) => body)).toEqual([
    { email: "ada@example.org" },
    { email: "ada@example.org" },
  ]);
  expect(card.queryByText(/Your password is removed/)).toBeNull();
});

test("only a passkey proves presence where there is no password", async () => {
  service.isRecent = false;
  const { user } = await openWithoutPassword();
  await user.type(await screen.findByLabelText(/New email address/), "lovelace@example.org");
  await user.click(screen.getByRole("button", { name: "Send the links" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Is it you?" }));
  expect(dialog.queryByLabelText(/Password/)).toBeNull();
  const button = dialog.getByRole("button", { name: "Use a passkey" });
  expect(button).toHaveFocus();
  await user.click(button);

  expect(await screen.findByText(/We have sent the emails/)).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a browser without passkeys says what else helps", async () => {
  withoutPasskeys();
  service.isRecent = false;
  const { user } = await openWithoutPassword();
  await user.click(await screen.findByRole("button", { name: "Delete account" }));
  await user.click(await screen.findByRole("button", { name: "Delete for good" }));

  const dialog = within(await screen.findByRole("dialog", { name: "Is it you?" }));
  expect(dialog.getByText(/this browser has no passkeys/)).toBeVisible();
  expect(dialog.queryByRole("button", { name: "Use a passkey" })).toBeNull();
});

test("the last passkey stays where there is no password", async () => {
  const { user } = await openWithoutPassword();
  await user.click(await screen.findByRole("button", { name: "Remove the passkey Laptop" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(/last passkey of an account without a password/);
  expect(screen.getByRole("button", { name: "Remove the passkey Laptop" })).toBeVisible();
});

test("in German, the account says how it is opened", async () => {
  await openWithoutPassword();
  await screen.findByText(/only your passkeys open it/);

  await setLanguage("de");

  expect(await screen.findByText(/Nur Ihre Passkeys öffnen es/)).toBeVisible();
  await setLanguage("en");
});
