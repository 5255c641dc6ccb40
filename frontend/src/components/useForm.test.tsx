import { screen, waitFor } from "@testing-library/react";
import { expect, onTestFinished, test } from "vitest";
import { setLanguage } from "@/lib/i18n";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

test.each([
  ["en", "This field is required.", "Must be an email address that can receive mail."],
  ["de", "Diese Angabe fehlt.", "Muss eine E-Mail-Adresse sein, die Post empfangen kann."],
] as const)(
  "what is missing is named in the site's language before anything is sent: %s",
  async (language, missing, wrong) => {
    await setLanguage(language);
    onTestFinished(() => setLanguage("en"));
    const { user, container } = await openSite({ at: "/login", signedIn: false });
    const [email, password] = [
      await screen.findByRole("textbox", { name: /E-?Mail/i }),
      container.querySelector("[name=password]"),
    ];

    await user.type(email, "ada");
    await user.click(container.querySelector("[type=submit]") as Element);

    expect(await screen.findByText(missing)).toBeVisible();
    expect(password).toHaveAccessibleDescription(missing);
    expect(email).toHaveAccessibleDescription(wrong);
    expect(email).toHaveFocus();
    expect(service.calls.some(({ path }) => path === "/auth/login")).toBe(false);
  },
);

test("a message goes away when the field is filled in", async () => {
  const { user } = await openSite({ at: "/forgot-password", signedIn: false });
  await user.click(await screen.findByRole("button", { name: "Send the link" }));
  expect(await screen.findByText("This field is required.")).toBeVisible();

  await user.type(screen.getByLabelText(/Email address/), "ada@example.org");

  expect(screen.queryByText("This field is required.")).toBeNull();
});

test("a field takes as many characters as the API does", async () => {
  await openSite({ at: "/register", signedIn: false });

  expect(await screen.findByLabelText(/Email address/)).toHaveAttribute("maxlength", "254");
  expect(screen.getByLabelText(/Password/)).toHaveAttribute("maxlength", "128");
});

test("what a password manager fills in without an event is sent", async () => {
  const { user, container } = await openSite({ at: "/login", signedIn: false });
  const email = await screen.findByRole<HTMLInputElement>("textbox", { name: /Email/ });
  email.value = "ada@example.com";
  (container.querySelector("[name=password]") as HTMLInputElement).value = "seven purple bicycles";

  await user.click(container.querySelector("[type=submit]") as Element);

  await waitFor(() => expect(service.calls.map(({ path }) => path)).toContain("/auth/login"));
  expect(service.calls.at(-1)?.body).toMatchObject({ email: "ada@example.com" });
});
