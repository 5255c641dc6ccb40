import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { session } from "@/lib/session";
import { anOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

test("login ignores a path of another origin in the history state", async () => {
  service.cookie = true;
  localStorage.setItem("docket.had-session", "1");

  await openSite({ at: { pathname: "/login", state: { from: "//evil.example" } } });

  expect(await screen.findByRole("heading", { name: "Orders" })).toBeVisible();
});

test.each([
  ["en", "Must have at least 8 characters."],
  ["de", "Mindestens 8 Zeichen sind nötig."],
] as const)("a field error is shown in the user's language: %s", async (language, message) => {
  await setLanguage(language);
  service.failures.push({
    match: /register$/,
    status: 400,
    body: {
      error: "Bad input",
      code: "bad_input",
      details: [
        {
          field: "body.password",
          error: "The API's own message.",
          code: "too_short",
          params: { min_length: 8 },
        },
      ],
    },
  });
  const { container, user } = await openSite({ at: "/register", signedIn: false });
  await screen.findByRole("heading", { level: 1 });

  await user.type(container.querySelector("[name=email]") as Element, "eve@example.org");
  await user.type(container.querySelector("[name=password]") as Element, "short");
  await user.click(container.querySelector("[type=submit]") as Element);

  expect(await screen.findByText(message)).toBeVisible();
  await setLanguage("en");
});

test("whoever tries the samples registers first", async () => {
  const { container, user } = await openSite({ at: "/samples", signedIn: false });
  await screen.findByRole("heading", { level: 1, name: "Create an account" });

  await user.type(container.querySelector("[name=email]") as Element, "eve@example.org");
  await user.type(container.querySelector("[name=password]") as Element, "seven purple bicycles");
  await user.click(container.querySelector("[type=submit]") as Element);

  expect(await screen.findByText("Sample")).toBeVisible();
});

test("a deep link opens after the login", async () => {
  service.orders = [anOrder({ id: "01DEEP", title: "Deep order" })];
  const { user } = await openSite({ at: "/orders/01DEEP", signedIn: false });

  await user.type(await screen.findByLabelText(/Email address/), service.user.email);
  await user.type(screen.getByLabelText(/Password/), service.password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("heading", { name: "Deep order" })).toBeVisible();
});

test("a wrong password shows an error and keeps the address", async () => {
  const { user } = await openSite({ at: "/login", signedIn: false });

  await user.type(await screen.findByLabelText(/Email address/), "ada@example.org");
  await user.type(screen.getByLabelText(/Password/), "wrong-password");
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("Invalid email or password");
  expect(screen.getByLabelText(/Email address/)).toHaveValue("ada@example.org");
});

test("concurrent requests refresh an expired token once", async () => {
  service.orders = [anOrder()];
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByRole("heading", { name: "Invoices March" });
  const refreshesBefore = service.refreshes;

  service.token = "rotated-away";
  await Promise.all([session.refresh(), session.refresh(), session.refresh()]);

  expect(service.refreshes).toBe(refreshesBefore + 1);
});

test("a request with an expired token succeeds after a silent refresh", async () => {
  service.orders = [anOrder()];
  const { user } = await openSite({ at: "/orders" });
  await screen.findByText("Invoices March");

  service.token = "rotated-away";
  await user.click(screen.getByText("Invoices March"));

  expect(await screen.findByRole("heading", { name: "Invoices March" })).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("an expired session shows a reason and returns to the page after the login", async () => {
  service.orders = [anOrder()];
  const { user } = await openSite({ at: "/orders" });
  await screen.findByText("Invoices March");

  service.token = "rotated-away";
  service.cookie = false;
  await user.click(screen.getByText("Invoices March"));
  await screen.findByText(/Your session has ended/);
  await user.type(screen.getByLabelText(/Email address/), service.user.email);
  await user.type(screen.getByLabelText(/Password/), service.password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByRole("heading", { name: "Invoices March" })).toBeVisible();
});

test("an unreachable API does not sign the user out", async () => {
  service.orders = [anOrder()];
  await openSite({ at: "/orders" });
  await screen.findByText("Invoices March");

  service.failures.push({ match: /auth\/refresh/, status: 0 });
  const outcome = await session.refresh();

  expect(outcome).toBe("unreachable");
  expect(screen.getByText("Invoices March")).toBeVisible();
});

test("signing out ends the session and clears the cache", async () => {
  service.orders = [anOrder()];
  const { user, store } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Sign out" }));

  await screen.findByRole("heading", { name: "Sign in" });
  await waitFor(() => expect(session.accessToken()).toBeNull());
  const { api: cache } = store.getState() as unknown as { api: { queries: object } };
  expect(cache.queries).toEqual({});
});

test("registering signs in at once", async () => {
  const { user } = await openSite({ at: "/register", signedIn: false });

  await user.type(await screen.findByLabelText(/Email address/), "new@example.org");
  await user.type(screen.getByLabelText(/Password/), "a fresh password");
  await user.click(screen.getByRole("button", { name: "Create account" }));

  expect(await screen.findByRole("heading", { name: "No orders yet" })).toBeVisible();
});

test("an unknown path shows the not-found page", async () => {
  await openSite({ at: "/nowhere" });

  expect(await screen.findByRole("heading", { name: "Page not found" })).toBeVisible();
});
