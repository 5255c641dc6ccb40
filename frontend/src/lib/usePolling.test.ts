import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { usePolling } from "./usePolling";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("polling goes on after a request whose start and end are reported at once", () => {
  const refetch = vi.fn();
  const data = {};
  const { rerender } = renderHook(
    (startedTimeStamp: number) => usePolling({ data, isFetching: false, startedTimeStamp, refetch }, true),
    { initialProps: 1 },
  );
  vi.advanceTimersByTime(2_000);
  expect(refetch).toHaveBeenCalledTimes(1);

  rerender(2);
  vi.advanceTimersByTime(4_000);

  expect(refetch).toHaveBeenCalledTimes(2);
});
