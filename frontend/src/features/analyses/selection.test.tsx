import { act, renderHook } from "@testing-library/react";
import { BrowserRouter } from "react-router";
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
