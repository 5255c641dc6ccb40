import { act, renderHook } from "@testing-library/react";
import { type PropsWithChildren, useState } from "react";
import { BrowserRouter, type Location, Router } from "react-router";
import { expect, test } from "vitest";
import { useSelection } from "./selection";

function back() {
  return new Promise((resolve) => {
    window.addEventListener("popstate", resolve, { once: true });
    window.history.back();
  });
}

test("Going back before the address is drawn leads to the fact before", async () => {
  const { result } = renderHook(() => useSelection([]), { wrapper: BrowserRouter });
  act(() => result.current.select({ documentId: "01ORDER-1", factId: "gross" }));

  await act(async () => {
    result.current.select({ documentId: "01ORDER-2", factId: "issued" });
    await back();
  });

  expect(result.current.documentId).toBe("01ORDER-1");
  expect(window.location.search).toBe("?document=01ORDER-1&fact=gross");
});

test("What is selected is shown and in the address", () => {
  const { result } = renderHook(() => useSelection([]), { wrapper: BrowserRouter });

  act(() => result.current.select({ documentId: "01ORDER-2", factId: "issued" }));

  expect(result.current.documentId).toBe("01ORDER-2");
  expect(window.location.search).toBe("?document=01ORDER-2&fact=issued");
});

const entries: Location[] = [];
let draw: (location: Location) => void = () => {};

/** Adds entries to the history and draws none of them until `draw` is called. */
function SlowRouter({ children }: PropsWithChildren) {
  const [location, setLocation] = useState<Location | string>("/");
  draw = setLocation;
  const push = (to: object, state: unknown) =>
    entries.push({ pathname: "/", search: "", hash: "", key: "", ...to, state });
  const navigator = { push, replace: push, go: () => {}, createHref: String };
  return (
    <Router location={location} navigator={navigator}>
      {children}
    </Router>
  );
}

test("what is selected stays while the router draws what was selected before", () => {
  const { result } = renderHook(() => useSelection([]), { wrapper: SlowRouter });
  const [first, second] = [{ documentId: "01ORDER-1" }, { documentId: "01ORDER-2" }];
  for (const next of [first, second, first]) act(() => result.current.select(next));

  const shown = entries.map((entry) => {
    act(() => draw(entry));
    return result.current.documentId;
  });

  expect(shown).toEqual(["01ORDER-1", "01ORDER-1", "01ORDER-1"]);
});
