import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

const withFactor = () => {
  service.user = { ...service.user, second_factor: true };
};

test("a second factor is set up by the code of an app", async () => {
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Set up" }));
  expect(await screen.findByRole("img", { name: /QR code/ })).toBeVisible();
  expect(screen.getByText("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP")).toBeVisible();
  await user.type(screen.getByLabelText(/Code/), "000000");
  await user.click(screen.getByRole("button", { name: "Turn on" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(/code is wrong/);
  await user.clear(screen.getByLabelText(/Code/));
  await user.type(screen.getByLabelText(/Code/), service.code);
  await user.click(screen.getByRole("button", { name: "Turn on" }));

  const codes = within(await screen.findByRole("list", { name: "Recovery codes" }));
  expect(codes.getAllByRole("listitem")).toHaveLength(2);
  expect(await screen.findByText(/needed to sign in/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await navigator.clipboard.readText()).toBe(
    "K3Q2-7YLM-PZ4A-WX6B-H5TN-2CVE-RJ7D\nMFRG-GZDF-MZTW-Q2LK-7BSU-X4PA-6YOC",
  );
  await user.click(screen.getByRole("button", { name: "I have stored them" }));
  expect(screen.queryByRole("list", { name: "Recovery codes" })).toBeNull();
});

test("who was not present lately enters the password and a code", async () => {
  withFactor();
  service.isRecent = false;
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "Turn off" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.type(dialog.getByLabelText(/Password/), service.password);
  await user.click(dialog.getByRole("button", { name: "Go on" }));
  await user.type(await dialog.findByLabelText(/Code/), service.code);
  expect(dialog.queryByRole("alert")).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Go on" }));

  expect(await screen.findByText(/The second factor is off/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Set up" })).toBeVisible();
});

test("new recovery codes are shown", async () => {
  withFactor();
  const { user } = await openSite({ at: "/account" });

  await user.click(await screen.findByRole("button", { name: "New recovery codes" }));

  expect(await screen.findByText("AAAA-BBBB-CCCC-DDDD")).toBeVisible();
});
