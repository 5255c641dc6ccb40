import { fireEvent, render, screen } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import { activeShortcuts, setSingleKeys, useShortcut } from "./shortcuts";

function Shortcut({ keys, run }: { keys: string; run: () => void }) {
  useShortcut(keys, `label of ${keys}`, run);
  return null;
}

function register(runs: Record<string, () => void>) {
  render(Object.entries(runs).map(([keys, run]) => <Shortcut key={keys} keys={keys} run={run} />));
}

function press(...keys: { key: string; shiftKey?: boolean; ctrlKey?: boolean }[]) {
  for (const key of keys) fireEvent.keyDown(document.body, key);
}

test.each(["?", "/", "+", "-", ",", ".", "0"])("%s answers with and without Shift", (key) => {
  const run = vi.fn();
  register({ [key]: run });

  press({ key }, { key, shiftKey: true }, { key, ctrlKey: true });

  expect(run).toHaveBeenCalledTimes(2);
});

test("the second key of a sequence is no shortcut of its own", () => {
  const [account, accept] = [vi.fn(), vi.fn()];
  register({ "g a": account, a: accept });

  press({ key: "g" }, { key: "a" });

  expect([account.mock.calls.length, accept.mock.calls.length]).toEqual([1, 0]);
});

test("a letter and its capital are two shortcuts", () => {
  const [next, previous] = [vi.fn(), vi.fn()];
  register({ d: next, D: previous });

  press({ key: "D", shiftKey: true });

  expect([next.mock.calls.length, previous.mock.calls.length]).toEqual([0, 1]);
});

test("a key that is typed into a field is no shortcut", () => {
  const run = vi.fn();
  register({ a: run });
  render(<input aria-label="Search" />);

  fireEvent.keyDown(screen.getByLabelText("Search"), { key: "a" });

  expect(run).not.toHaveBeenCalled();
});

test("keys that are turned off do nothing, and are still listed", () => {
  const run = vi.fn();
  register({ a: run });

  setSingleKeys(false);
  press({ key: "a" });

  expect(run).not.toHaveBeenCalled();
  expect(activeShortcuts()).toEqual([{ keys: "a", label: "label of a" }]);
  setSingleKeys(true);
  press({ key: "a" });
  expect(run).toHaveBeenCalledTimes(1);
});

test("a sign is what was typed, also on a Mac whose keyboard is not of the USA", () => {
  vi.spyOn(navigator, "platform", "get").mockReturnValue("MacIntel");
  onTestFinished(() => void vi.restoreAllMocks());
  const [help, search] = [vi.fn(), vi.fn()];
  register({ "?": help, "/": search });

  press({ key: "/", shiftKey: true });

  expect([help.mock.calls.length, search.mock.calls.length]).toEqual([0, 1]);
});
