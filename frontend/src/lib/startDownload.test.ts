import { afterEach, expect, test, vi } from "vitest";
import { startDownload } from "./startDownload";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("downloads that are ready at once are started one after the other", () => {
  vi.useFakeTimers({ now: Date.now() + 60_000 });
  const assign = vi.spyOn(window.location, "assign").mockImplementation(() => undefined);

  for (const name of ["1", "2", "3"]) startDownload(`http://bucket.test/${name}.zip`);
  const atOnce = assign.mock.calls.flat();
  vi.advanceTimersByTime(3_000);
  const later = assign.mock.calls.length;
  vi.advanceTimersByTime(3_000);

  expect(atOnce).toEqual(["http://bucket.test/1.zip"]);
  expect(later).toBe(2);
  expect(assign).toHaveBeenCalledTimes(3);
});
