import { describe, expect, it } from "vitest";
import { OpenTrend } from "./trend";

const minute = 60_000;
const open = (n: number) => ({ red: 0, orange: 0, yellow: 0, blue: n });

describe("OpenTrend", () => {
  it("keeps the last number of each step", () => {
    const trend = new OpenTrend();
    trend.record(0, open(1));
    trend.record(9_000, open(5));
    trend.record(minute, open(7));
    expect(trend.now).toBe(7);
    expect(trend.minutes).toBe(1);
    expect(trend.change(15)).toEqual({ by: 2, minutes: 1 });
  });

  it("says how long it has seen, and nothing below a minute", () => {
    const trend = new OpenTrend();
    trend.record(0, open(1));
    trend.record(50_000, open(4));
    expect(trend.change(15)).toBeUndefined();
    trend.record(5 * minute, open(4));
    expect(trend.change(15)).toEqual({ by: 3, minutes: 5 });
  });

  it("forgets what is older than an hour", () => {
    const trend = new OpenTrend();
    for (let n = 0; n < 10_000; n++) trend.record(n * 10_000, open(n));
    expect(trend.minutes).toBe(60);
    expect(trend.change(15)).toEqual({ by: 90, minutes: 15 });
    expect(trend.paths(300, 80).line.split("L")).toHaveLength(361);
  });

  it("starts over when the server's clock is set back", () => {
    const trend = new OpenTrend();
    trend.record(100 * minute, open(9));
    trend.record(10 * minute, open(3));
    trend.record(11 * minute, open(4));
    expect(trend.minutes).toBe(1);
    expect(trend.now).toBe(4);
  });

  it("draws from the first to the last point, and nothing from one", () => {
    const trend = new OpenTrend();
    trend.record(0, open(10));
    expect(trend.paths(300, 80).line).toBe("");
    trend.record(2 * minute, open(10));
    expect(trend.paths(300, 80).line).toMatch(/^M0\.0 [\d.]+L300\.0 [\d.]+$/);
  });
});
