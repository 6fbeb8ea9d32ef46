import { describe, expect, it } from "vitest";
import { OpenTrend } from "./trend";

const minute = 60_000;
const open = (n: number) => ({ red: 0, orange: 0, yellow: 0, blue: n });

describe("OpenTrend", () => {
  it("keeps the last number of each minute", () => {
    const trend = new OpenTrend();
    trend.record(0, open(1));
    trend.record(59_000, open(5));
    trend.record(minute, open(7));
    expect(trend.now).toBe(7);
    expect(trend.span).toBe(1);
    expect(trend.change(1)).toBe(2);
  });

  it("says nothing about a time it has not seen", () => {
    const trend = new OpenTrend();
    trend.record(0, open(1));
    trend.record(5 * minute, open(4));
    expect(trend.change(15)).toBeUndefined();
  });

  it("forgets what is older than its span", () => {
    const trend = new OpenTrend(60);
    for (let n = 0; n < 10_000; n++) trend.record(n * minute, open(n));
    expect(trend.span).toBe(59);
    expect(trend.change(15)).toBe(15);
  });

  it("starts over when the server's clock is set back", () => {
    const trend = new OpenTrend();
    trend.record(100 * minute, open(9));
    trend.record(10 * minute, open(3));
    trend.record(11 * minute, open(4));
    expect(trend.span).toBe(1);
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
