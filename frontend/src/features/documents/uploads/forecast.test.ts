import { expect, test } from "vitest";
import { FIRST_FORECAST_MS, forecast, minutesLeft } from "./forecast";

/** A forecast at a time that passes only by `at`. */
function timedForecast() {
  let nowMs = 0;
  const secondsLeft = forecast(() => nowMs);
  return (ms: number, remaining: number) => {
    nowMs = ms;
    return secondsLeft(remaining);
  };
}

test("the time left follows from the speed of the last seconds", () => {
  const at = timedForecast();

  expect(at(0, 10_000)).toBeNull();
  expect(at(FIRST_FORECAST_MS - 1, 9_000)).toBeNull();
  expect(at(10_000, 8_000)).toBe(40);
});

test("the speed of long ago is forgotten", () => {
  const at = timedForecast();
  for (let second = 0; second <= 30; second++) at(second * 1_000, 100_000 - 1_000 * second);
  let seconds: number | null = null;
  for (let second = 31; second <= 61; second++) seconds = at(second * 1_000, 70_000 - 100 * (second - 30));

  expect(seconds).toBeCloseTo(66_900 / 100, -1);
});

test("files that are added take nothing from the speed", () => {
  const at = timedForecast();
  at(0, 10_000);
  at(5_000, 5_000);

  expect(at(10_000, 105_000)).toBe(210);
});

test("nothing is known while nothing moves", () => {
  const at = timedForecast();
  at(0, 10_000);

  expect(at(60_000, 10_000)).toBeNull();
});

test.each([
  [59, null, 0],
  [61, null, 2],
  [181, 3, 3],
  [241, 3, 5],
  [100, 3, 2],
  [null, 3, 3],
])("%s seconds after %s shown minutes are shown as %s minutes", (seconds, shown, minutes) => {
  expect(minutesLeft(seconds, shown)).toBe(minutes);
});
