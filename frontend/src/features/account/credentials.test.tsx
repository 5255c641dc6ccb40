import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const sent = (path: string) => service.calls.filter((call) => call.path === `/auth/${path}`);

test("a password is changed with the present one", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.type(await screen.findByLabelText(/Present password/), service.password);
  await user.type(screen.getByLabelText(/New password/), "seven purple bicycles");
  await user.click(screen.getByRole("button", { name: "Change password" }));

  expect(await screen.findByText(/All other sessions have ended/)).toBeVisible();
  expect(service.password).toBe("seven purple bicycles");
  expect(screen.getByLabelText(/Present password/)).toHaveValue("");
});

test("a wrong present password ends no session and is sent once", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.type(await screen.findByLabelText(/Present password/), "a wrong one");
  await user.type(screen.getByLabelText(/New password/), "seven purple bicycles");
  await user.click(screen.getByRole("button", { name: "Change password" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("Invalid email or password");
  expect(sent("change-password")).toHaveLength(1);
});

test("an account with a second factor proves presence before the password changes", async () => {
  service.isRecent = false;
  service.user = { ...service.user, second_factor: true };
  const { user } = await openSite({ at: "/account" });

  await user.type(await screen.findByLabelText(/Present password/), service.password);
  await user.type(screen.getByLabelText(/New password/), "seven purple bicycles");
  await user.click(screen.getByRole("button", { name: "Change password" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.type(dialog.getByLabelText(/Password/), service.password);
  await user.click(dialog.getByRole("button", { name: "Go on" }));
  await user.type(await dialog.findByLabelText(/Code/), service.code);
  await user.click(dialog.getByRole("button", { name: "Go on" }));

  expect(await screen.findByText(/All other sessions have ended/)).toBeVisible();
  expect(service.password).toBe("seven purple bicycles");
});

test("a refused new password is marked", async () => {
  service.failures.push({
    match: /change-password$/,
    status: 400,
    body: {
      error: "Bad",
      code: "bad_input",
      details: [{ field: "new_password", error: "Common", code: "password_common", params: {} }],
    },
  });
  const { user } = await openSite({ at: "/account" });

  await user.type(await screen.findByLabelText(/Present password/), service.password);
  await user.type(screen.getByLabelText(/New password/), "password1");
  await user.click(screen.getByRole("button", { name: "Change password" }));

  expect(await screen.findByText(/This password is easy to guess/)).toBeVisible();
});

test("a change of address mails its links", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.type(await screen.findByLabelText(/New email address/), "lovelace@example.org");
  await user.click(screen.getByRole("button", { name: "Send the links" }));

  expect(await screen.findByText(/We have sent the emails/)).toBeVisible();
  expect(sent("change-email").map(({ body }) => body)).toEqual([{ email: "lovelace@example.org" }]);
});

test("who was not present lately enters the password before the address changes", async () => {
  service.isRecent = false;
  const { user } = await openSite({ at: "/account" });

  await user.type(await screen.findByLabelText(/New email address/), "lovelace@example.org");
  await user.click(screen.getByRole("button", { name: "Send the links" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.type(dialog.getByLabelText(/Password/), service.password);
  await user.click(dialog.getByRole("button", { name: "Go on" }));

  expect(await screen.findByText(/We have sent the emails/)).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(sent("change-email")).toHaveLength(2);
});

test("an address that is not confirmed gets another link", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Send a link" }));

  expect(await screen.findByText(/Open its link within 60 minutes/)).toBeVisible();
  expect(sent("verify-email/send")).toHaveLength(1);
});
