import { expect, test } from "vitest";
import { boxAround, nearestWord, textOf, wordBeyond, wordsOf, wordsWithin } from "./pageWords";

const WORDS = wordsOf({
  page: 1,
  turned: 0,
  lines: [
    {
      words: [
        { text: "Acme", box: [0.1, 0.1, 0.2, 0.12] },
        { text: "GmbH", box: [0.21, 0.1, 0.3, 0.12] },
      ],
    },
    { words: [{ text: "Total", box: [0.1, 0.2, 0.2, 0.22] }] },
  ],
});

const chosen = (from: [number, number], to: [number, number]) =>
  textOf(wordsWithin({ from: { x: from[0], y: from[1] }, to: { x: to[0], y: to[1] } }, WORDS));

test("a click takes a word, also from beside it", () => {
  expect(chosen([0.15, 0.11], [0.15, 0.11])).toBe("Acme");
  expect(chosen([0.25, 0.125], [0.25, 0.125])).toBe("GmbH");
  expect(chosen([0.6, 0.6], [0.6, 0.6])).toBe("");
});

test("dragging along a line takes its words, in either direction", () => {
  expect(chosen([0.15, 0.11], [0.25, 0.11])).toBe("Acme GmbH");
  expect(chosen([0.25, 0.21], [0.15, 0.11])).toBe("Acme GmbH Total");
});

test("the box is around all words", () => {
  expect(boxAround(WORDS)).toEqual([0.1, 0.1, 0.3, 0.22]);
  expect(boxAround([])).toBeNull();
});

test("keys begin at the word that is nearest to a place, and go to the lines above and below", () => {
  expect(nearestWord(WORDS, [0.2, 0.09, 0.32, 0.13])).toBe(1);
  expect(nearestWord(WORDS, null)).toBe(0);
  expect(wordBeyond(WORDS, 1, 1)).toBe(2);
  expect(wordBeyond(WORDS, 2, -1)).toBe(0);
  expect(wordBeyond(WORDS, 2, 1)).toBe(2);
});
