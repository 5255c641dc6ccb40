import { expect, onTestFinished, test, vi } from "vitest";
import { session } from "@/lib/session";
import { followReviews, PAUSE_MS } from "./api/followReviews";

function fakeTimers() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

test("the analysis of an order is fetched once after several reviews", () => {
  fakeTimers();
  const dispatch = vi.fn();

  for (let review = 0; review < 3; review++) {
    followReviews("01ORDER", dispatch);
    vi.advanceTimersByTime(PAUSE_MS - 1);
  }
  const during = dispatch.mock.calls.length;
  vi.advanceTimersByTime(1);

  expect(during).toBe(0);
  expect(dispatch).toHaveBeenCalledTimes(1);
});

test("nothing is fetched after the session has ended", () => {
  fakeTimers();
  const dispatch = vi.fn();
  followReviews("01ORDER", dispatch);

  session.close("none");
  vi.advanceTimersByTime(PAUSE_MS);

  expect(dispatch).not.toHaveBeenCalled();
});
