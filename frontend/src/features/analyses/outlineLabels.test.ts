import { expect, test } from "vitest";
import type { Box } from "@/lib/api/client.generated";
import { LABEL_SIZE, placeLabels } from "./outlineLabels";

const HEIGHT = 1414;
const at = (text: string, ...box: Box) => ({ text, box });

test("a name is written above its box", () => {
  const [label] = placeLabels([at("Gross", 0.5, 0.5, 0.6, 0.52)], HEIGHT);

  expect(label).toEqual({ x: 500, y: expect.closeTo(701) });
});

test("at the edges of the page a name stays on it", () => {
  const [top, right] = placeLabels(
    [at("Seller", 0, 0, 0.1, 0.01), at("Invoice number", 0.95, 0.5, 1, 0.52)],
    HEIGHT,
  );

  expect(top?.y).toBeGreaterThanOrEqual(LABEL_SIZE);
  expect(right?.x).toBeLessThan(800);
});

test("a name covers neither another one nor another box", () => {
  const rows = [0, 1, 2].map((row) => at("Net", 0.02, 0.5 + row * 0.012, 0.98, 0.51 + row * 0.012));

  const [above, between, below] = placeLabels(rows, HEIGHT);

  expect(above?.y).toBeLessThan(0.5 * HEIGHT);
  expect(between).toBeNull();
  expect(below?.y).toBeGreaterThan(0.534 * HEIGHT);
});
