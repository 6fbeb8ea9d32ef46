import { describe, expect, it } from "vitest";
import { noTotals } from "../feed/frames.testing";
import { Texts } from "../page/texts";
import { bars, OpenTrend, readHours, TrendView } from "./trend";

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

describe("the last day", () => {
  const page = (): HTMLElement => {
    const root = document.createElement("main");
    root.innerHTML = ["hours", "trend", "hours-reported", "hours-closed", "hours-reported-sum", "hours-closed-sum", "trend-line", "trend-area", "trend-now", "trend-span", "trend-change"]
      .map((name) => `<div data-part="${name}"></div>`).join("");
    return root;
  };
  const hidden = (root: HTMLElement, name: string): boolean => root.querySelector(`[data-part=${name}]`)!.hasAttribute("hidden");

  it("is drawn by the hour on one scale, and summed up", async () => {
    const root = page();
    const view = new TrendView(root, new Texts("en"), "/trend", {
      fetcher: () => Promise.resolve(Response.json({ reported: [0, 10, 5], closed: [0, 5, 0] })), random: () => 0,
    });
    view.tick(0, true);
    await new Promise((resolve) => setTimeout(resolve));
    view.show(1_000_000, noTotals);
    expect([hidden(root, "hours"), hidden(root, "trend")]).toEqual([false, true]);
    expect(root.querySelector("[data-part=hours-reported]")!.getAttribute("d")).toBe(bars([0, 10, 5], 10, 240, 40));
    expect(root.querySelector("[data-part=hours-closed]")!.getAttribute("d")).toBe(bars([0, 5, 0], 10, 240, 40));
    expect(root.querySelector("[data-part=hours-reported-sum]")!.textContent).toBe("15");
    expect(root.querySelector("[data-part=trend-span]")!.textContent).toBe("Last 24 hours");
  });

  it("gives way to the course that this wall saw where it is refused", async () => {
    const root = page();
    const view = new TrendView(root, new Texts("en"), "/trend", { fetcher: () => Promise.resolve(new Response(null, { status: 403 })), random: () => 0 });
    view.tick(0, true);
    await new Promise((resolve) => setTimeout(resolve));
    view.show(1_000_000, noTotals);
    expect([hidden(root, "hours"), hidden(root, "trend")]).toEqual([true, false]);
  });

  it("has bars as high as their counts, and a line for nothing", () => {
    expect(bars([0, 4], 4, 20, 40)).toBe("M1.2 40v-1.0h7.6v1.0ZM11.2 40v-40.0h7.6v40.0Z");
  });

  it.each([null, {}, { reported: [], closed: [] }, { reported: [1], closed: ["2"] }, { reported: [-1], closed: [1] }])("refuses %j", (value) => {
    expect(() => readHours(value)).toThrow();
  });
});
