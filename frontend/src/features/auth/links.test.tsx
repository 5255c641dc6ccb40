import { screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { fakeDevice } from "@/testing/passkeys";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

afterEach(() => setLanguage("en"));

const PAGES = [
  ["/verify-email", "Confirm address", "verify-email"],
  ["/confirm-email", "Confirm change", "confirm-email"],
] as const;

const sent = (path: string) => service.calls.filter((call) => call.path === `/auth/${path}`);

test.each(PAGES)("opening %s uses nothing, and its button uses the link", async (page, button, path) => {
  const { user } = await openSite({ at: `${page}#t0ken` });
  const submit = await screen.findByRole("button", { name: button });
  expect(sent(path)).toEqual([]);

  await user.click(submit);

  expect(await screen.findByText(/confirmed/i, { selector: ".MuiAlert-message" })).toBeVisible();
  expect(sent(path).map(({ body }) => body)).toEqual([{ token: "t0ken" }]);
});

test.each(PAGES)("%s without a token has no button", async (page, button) => {
  await openSite({ at: page, signedIn: false });

  expect(await screen.findByText(/has no link in it/)).toBeVisible();
  expect(screen.queryByRole("button", { name: button })).toBeNull();
});

test.each([
  ["link_expired", "This link has expired. Ask for a new one."],
  ["link_used", "This link has been used already. Ask for a new one if you need it."],
  ["link_invalid", "This link is not valid. Ask for a new one."],
])("a refused link shows why: %s", async (code, message) => {
  for (const [page, button, path] of PAGES) {
    service.failures.push({ match: new RegExp(`${path}$`), status: 409, body: { error: "No", code } });
    const { user, unmount } = await openSite({ at: `${page}#t0ken`, signedIn: false });

    await user.click(await screen.findByRole("button", { name: button }));

    expect(await screen.findByRole("alert")).toHaveTextContent(message);
    unmount();
  }
});

test("a forgotten password is asked for and set by the link", async () => {
  const { user, unmount } = await openSite({ at: "/login", signedIn: false });
  await user.click(await screen.findByRole("link", { name: "Forgot your password?" }));
  await user.type(await screen.findByLabelText(/Email address/), "ada@example.org");
  await user.click(screen.getByRole("button", { name: "Send the link" }));
  expect(await screen.findByText(/If this address has an account/)).toBeVisible();
  unmount();

  await openSite({ at: "/reset-password#t0ken", signedIn: false });
  await user.type(await screen.findByLabelText(/New password/), "seven purple bicycles");
  expect(screen.getByText("Strong")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save password" }));

  expect(await screen.findByText(/Your password is changed/)).toBeVisible();
  expect(sent("reset-password").map(({ body }) => body)).toEqual([
    { token: "t0ken", password: "seven purple bicycles" },
  ]);
});

test.each([
  ["link_expired", "Dieser Link ist abgelaufen"],
  ["link_used", "Dieser Link wurde schon benutzt"],
])("a reset by a refused link shows why, in German: %s", async (code, message) => {
  await setLanguage("de");
  service.failures.push({ match: /reset-password$/, status: 409, body: { error: "No", code } });
  const { user } = await openSite({ at: "/reset-password#t0ken", signedIn: false });

  await user.type(await screen.findByLabelText(/Neues Passwort/), "seven purple bicycles");
  await user.click(screen.getByRole("button", { name: "Passwort speichern" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(message);
  expect(screen.getByRole("link", { name: "Neuen Link schicken" })).toBeVisible();
});

test("a reset without a token has no form", async () => {
  await openSite({ at: "/reset-password", signedIn: false });

  expect(await screen.findByText(/has no link in it/)).toBeVisible();
  expect(screen.queryByLabelText(/New password/)).toBeNull();
});

test("a registration names what is accepted with it, without leaving the form", async () => {
  await openSite({ at: "/register", signedIn: false });

  const terms = await screen.findByText(/By creating an account you accept our/);
  const links = within(terms).getAllByRole("link");

  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/terms", "/privacy"]);
  expect(links.every((link) => link.getAttribute("target") === "_blank")).toBe(true);
});

test("a registration that is confirmed by mail says so", async () => {
  service.failures.push({ match: /register$/, status: 202, body: { message: "Mailed", user: null } });
  const { user } = await openSite({ at: "/register", signedIn: false });

  await user.type(await screen.findByLabelText(/Email address/), "new@example.org");
  await user.type(screen.getByLabelText(/Password/), "a fresh password");
  await user.click(screen.getByRole("button", { name: "Create account" }));

  expect(await screen.findByText(/We have sent you an email/)).toBeVisible();
});

test.each(PAGES)("%s asks who is not signed in for the password", async (page, button, path) => {
  const { user } = await openSite({ at: `${page}#t0ken`, signedIn: false });

  await user.click(await screen.findByRole("button", { name: button }));
  const field = await screen.findByLabelText(/Password of the account/);
  expect(field).toHaveFocus();
  expect(screen.getByText(/Go on only if you/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Forgot your password?" })).toBeVisible();
  await user.keyboard("a wrong one{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Invalid email or password");
  await user.clear(field);
  await user.type(field, `${service.password}{Enter}`);

  expect(await screen.findByText(/confirmed/i, { selector: ".MuiAlert-message" })).toBeVisible();
  expect(sent(path).map(({ body }) => body)).toEqual([
    { token: "t0ken" },
    { token: "t0ken", password: "a wrong one" },
    { token: "t0ken", password: service.password },
  ]);
});

test("who is signed in to another account learns to which, in German too", async () => {
  await setLanguage("de");
  service.ownsLinks = false;
  const { user } = await openSite({ at: "/verify-email#t0ken" });

  await user.click(await screen.findByRole("button", { name: "Adresse bestätigen" }));

  expect(
    await screen.findByText(`Sie sind als ${service.user.email} angemeldet`, { exact: false }),
  ).toBeVisible();
  expect(screen.getByLabelText(/Passwort des Kontos/)).toBeVisible();
});

test("a session whose token has expired is refreshed before the password is asked for", async () => {
  const { user } = await openSite({ at: "/verify-email#t0ken" });
  service.token = "another-token";

  await user.click(await screen.findByRole("button", { name: "Confirm address" }));

  expect(await screen.findByText("Your address is confirmed.")).toBeVisible();
  expect(screen.queryByLabelText(/Password of the account/)).toBeNull();
});

test("a link with too many wrong passwords says that a new one is needed", async () => {
  const { user } = await openSite({ at: "/verify-email#t0ken", signedIn: false });
  await user.click(await screen.findByRole("button", { name: "Confirm address" }));
  service.failures.push({
    match: /verify-email$/,
    status: 409,
    body: { error: "No", code: "link_exhausted" },
  });

  await user.type(await screen.findByLabelText(/Password of the account/), "a wrong one{Enter}");

  expect(await screen.findByRole("alert")).toHaveTextContent("Too many wrong passwords");
});

test.each([
  ["en", PAGES[0], "Use a passkey of the account"],
  ["de", ["/confirm-email", "Änderung bestätigen", "confirm-email"], "Passkey des Kontos verwenden"],
] as const)(
  "an account without a password proves its link by a passkey: %s",
  async (language, page, passkey) => {
    fakeDevice();
    await setLanguage(language);
    const [at, button, path] = page;
    service.failures.push({
      match: new RegExp(`${path}$`),
      status: 403,
      body: { error: "No", code: "password_required" },
    });
    const { user } = await openSite({ at: `${at}#t0ken`, signedIn: false });
    await user.click(await screen.findByRole("button", { name: button }));

    await user.click(await screen.findByRole("button", { name: passkey }));

    expect(await screen.findByText(/confirmed|bestätigt/i, { selector: ".MuiAlert-message" })).toBeVisible();
    expect(sent(path).map(({ body }) => body)).toEqual([{ token: "t0ken" }, { token: "t0ken" }]);
  },
);
