import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Desk } from "../desk/shell";
import { Texts } from "../page/texts";
import { Trend } from "./trend";

vi.mock("./chart", () => ({ TrendChart: class { show(): void {} } }));

describe("The trend of the day", () => {
  const desk = { root: document.createElement("main"), texts: new Texts("en", "UTC"), isPast: false, now: () => 0, onTick: (_name: string, listener: (now: number) => void) => { tick = listener; } };
  let tick: (now: number) => void;
  const words = (name: string): string => desk.root.querySelector(`[data-part="${name}"]`)?.textContent ?? "";

  beforeEach(() => {
    desk.root.replaceChildren(...["trend-reported", "trend-closed", "trend-chart", "trend-none", "trend-rows"].map((name) => {
      const element = document.createElement("div");
      element.setAttribute("data-part", name);
      return element;
    }));
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ from: "2026-01-05T00:00:00Z", reported: [2, 3], closed: [1, 1] }))));
  });
  afterEach(() => { vi.unstubAllGlobals(); });

  it("says nothing of today under a past moment, and comes back with what is live", async () => {
    new Trend(desk as unknown as Desk).use("a");
    await vi.waitFor(() => {
      tick(0);
      expect(words("trend-reported")).toBe("5");
    });
    desk.isPast = true;
    tick(100);
    expect([words("trend-reported"), words("trend-closed"), words("trend-rows")]).toEqual(["—", "—", ""]);
    expect(words("trend-none")).toContain("live");
    desk.isPast = false;
    tick(200);
    expect(words("trend-reported")).toBe("5");
  });
});
