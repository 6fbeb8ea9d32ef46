import { describe, expect, it } from "vitest";
import { scrollFor, windowOf } from "./window";

describe("windowOf", () => {
  it("holds what is seen and the spare rows", () => expect(windowOf(520, 260, 52, 100_000, 4)).toEqual({ first: 6, last: 19 }));
  it("holds a row that is seen in part", () => expect(windowOf(530, 260, 52, 100, 0)).toEqual({ first: 10, last: 16 }));
  it("ends at the ends", () => {
    expect(windowOf(-40, 100, 52, 3, 4)).toEqual({ first: 0, last: 3 });
    expect(windowOf(0, 5_200, 52, 3, 4)).toEqual({ first: 0, last: 3 });
    // The list grew shorter than it is scrolled: its last rows are there until the browser scrolls back.
    expect(windowOf(10_000, 100, 52, 5, 2)).toEqual({ first: 2, last: 5 });
  });
  it("is empty where nothing is seen", () => {
    expect(windowOf(0, 100, 52, 0, 4)).toEqual({ first: 0, last: 0 });
    expect(windowOf(0, 0, 52, 9, 4)).toEqual({ first: 0, last: 0 });
  });
  it("is never larger than what is seen and twice the spare, wherever it is scrolled", () => {
    for (let top = 0; top < 5_200_000; top += 99_991) {
      const { first, last } = windowOf(top, 700, 52, 100_000, 6);
      expect(last - first).toBeLessThanOrEqual(Math.ceil(700 / 52) + 1 + 12);
      expect(first * 52).toBeLessThanOrEqual(top);
      expect(last * 52).toBeGreaterThanOrEqual(Math.min(top + 700, 5_200_000));
    }
  });
});

describe("scrollFor", () => {
  it("moves no more than it must", () => {
    expect(scrollFor(5, 100, 300, 50)).toBe(100);
    expect(scrollFor(1, 100, 300, 50)).toBe(50);
    expect(scrollFor(8, 100, 300, 50)).toBe(150);
  });
});
