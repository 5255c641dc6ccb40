import { expect, test } from "vitest";
import { boxBetween, nudged, pagePoint } from "./pagePoint";

const FRAME = { left: 100, top: 50, width: 200, height: 400 };

test.each([
  [0, { x: 0.25, y: 0.1 }],
  [1, { x: 0.1, y: 0.75 }],
  [2, { x: 0.75, y: 0.9 }],
  [3, { x: 0.9, y: 0.25 }],
])("after %d quarter turns the pointer is at %o of the page", (quarters, expected) => {
  const { x, y } = pagePoint({ clientX: 150, clientY: 90 }, FRAME, quarters);

  expect([x, y]).toEqual([expect.closeTo(expected.x), expect.closeTo(expected.y)]);
});

test("a box is drawn from any corner, and a click is none", () => {
  expect(boxBetween({ x: 0.3, y: 0.1 }, { x: 0.1, y: 0.2 })).toEqual([0.1, 0.1, 0.3, 0.2]);
  expect(boxBetween({ x: 0.3, y: 0.1 }, { x: 0.301, y: 0.1 })).toBeNull();
});

test("a moved box stays on the page", () => {
  expect(nudged([0.9, 0.5, 1, 0.6], 0.1, 0, false)).toEqual([0.9, 0.5, 1, 0.6]);
  expect(nudged([0.1, 0.5, 0.2, 0.6], -0.05, 0.05, false)).toEqual([0.05, 0.55, 0.15, 0.65]);
  expect(nudged([0.1, 0.5, 0.2, 0.6], -1, 0, true)).toEqual([0.1, 0.5, 0.104, 0.6]);
});
