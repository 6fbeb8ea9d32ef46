import { describe, expect, it } from "vitest";
import { Texts } from "../page/texts";
import { type CellsAnswer, cellsOf, gapOf, percentOf } from "./answer";
import { PeriodNames } from "./periods";

const answer: CellsAnswer = { grid: "g", cadence: "daily", period: "2026-11-22", share: 0.5, south: 0, west: 0, north: 1, east: 1, columns: 2, rows: 2, cells: "Xw==" };

describe("cellsOf", () => {
  it("reads two bits a cell, the lowest first", () => expect([...cellsOf(answer)]).toEqual([3, 3, 1, 1]));

  it("refuses an answer that was cut", () => expect(() => cellsOf({ ...answer, rows: 3 })).toThrow());
});

it.each([[0, "0 %"], [0.001, "<1 %"], [0.01, "1 %"], [0.29, "29 %"], [0.999, "99 %"], [1, "100 %"]])("writes the share %d as %s", (share, words) => expect(percentOf(share)).toBe(words));

it.each([[0, 4], [0.001, 3], [0.34, 2], [0.67, 1], [0.999, 1], [1, 0]])("finds that %d leaves a gap of %d", (share, gap) => expect(gapOf(share)).toBe(gap));

describe("PeriodNames", () => {
  it("names days, months and quarters as the city counts them, wherever the screen is", () => {
    const chinese = new PeriodNames(new Texts("zh-CN", "America/New_York"));
    expect(chinese.name("daily", "2026-11-22")).toBe("11/22 周日");
    expect(chinese.name("monthly", "2026-11-01")).toBe("2026年11月");
    expect(chinese.name("quarterly", "2026-10-01")).toBe("2026 年第 4 季度");
    const english = new PeriodNames(new Texts("en", "America/New_York"));
    expect(english.name("daily", "2026-11-22")).toBe("11/22 Sun");
    expect(english.name("monthly", "2026-11-01")).toBe("Nov 2026");
    expect(english.name("quarterly", "2026-01-01")).toBe("Q1 2026");
    expect(english.name("daily", "soon")).toBe("soon");
    expect([english.running("daily"), english.running("monthly"), english.running("quarterly")]).toEqual(["Today", "This month", "This quarter"]);
  });
});
