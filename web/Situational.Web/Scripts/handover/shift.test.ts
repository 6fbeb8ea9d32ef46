import { describe, expect, it } from "vitest";
import { linesIn, plans } from "./shift";

describe("plans", () => {
  it("shows everything first, then in one line each, then ever less of the longest list", () => {
    const all = [...plans([2, 3, 3])];
    expect(all[0]).toEqual({ short: false, rows: [2, 3, 3] });
    expect(all[1]).toEqual({ short: true, rows: [2, 3, 3] });
    expect(all[2]).toEqual({ short: true, rows: [2, 3, 2] });
    expect(all[3]).toEqual({ short: true, rows: [2, 2, 2] });
    expect(all.at(-1)).toEqual({ short: true, rows: [0, 0, 0] });
  });

  it("ends where there is nothing", () => {
    expect([...plans([0, 0])]).toHaveLength(2);
  });
});

describe("linesIn", () => {
  it("counts the last one too", () => {
    expect(linesIn("")).toBe(1);
    expect(linesIn("a\n")).toBe(2);
  });
});
