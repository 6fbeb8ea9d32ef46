import { describe, expect, it } from "vitest";
import { grid, unit } from "../feed/frames.testing";
import { hottest } from "./hottest";
import { gridsWithUnits, quietUnits } from "./patrol";

describe("hottest", () => {
  it("puts the worst risk first, then the highest score, then the lower code", () => {
    const rows = [
      grid("b", 1, { risk: 2, score: 9, open: [0, 1] }), grid("a", 1, { risk: 2, score: 9, open: [0, 1] }),
      grid("c", 1, { risk: 1, score: 3, open: [1] }), grid("d", 1, { risk: 2, score: 12, open: [0, 2] }),
    ];
    expect(hottest(rows, 10).map((row) => row[0])).toEqual(["c", "d", "a", "b"]);
    expect(hottest(rows, 2)).toHaveLength(2);
  });

  it("never takes an unknown grid for a fine one", () => {
    const rows = [
      grid("unknown", 1, { risk: 0 }), grid("at-least-orange", 1, { risk: 0, open: [0, 1] }), grid("yellow", 1, { risk: 3, open: [0, 0, 1] }),
      grid("orange", 1, { risk: 2, open: [0, 1] }), grid("red", 1, { risk: 1, open: [1] }), grid("blue", 1, { risk: 4, open: [0, 0, 0, 1] }), grid("fine", 1),
    ];
    expect(hottest(rows, 10).map((row) => row[0])).toEqual(["red", "orange", "at-least-orange", "yellow", "blue", "unknown"]);
  });

  it("leaves out grids with nothing open, and what lies outside", () => {
    expect(hottest([grid("a", 1), grid("outside", 1, { risk: 1, open: [1] })], 10)).toEqual([]);
  });
});

it("counts the grids that have a unit", () => {
  expect(gridsWithUnits([grid("a", 1, { units: 2 }), grid("b", 1), grid("c", 1, { units: 1 }), grid("outside", 1, { units: 9 })])).toBe(2);
});

describe("quietUnits", () => {
  it("lists gone before stale, the longest silent first, and nobody who reports", () => {
    const rows = [
      unit("live"), unit("late", { state: 1 }), unit("stale", { state: 2, at: 1 }),
      unit("gone-2", { state: 3, at: 200 }), unit("gone-1", { state: 3, at: 100 }),
    ];
    expect(quietUnits(rows, 10).map((row) => row[0])).toEqual(["gone-1", "gone-2", "stale"]);
    expect(quietUnits(rows, 1)).toHaveLength(1);
  });
});
