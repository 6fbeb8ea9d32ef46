import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KpiView, readKpi } from "./kpi";
import { Texts } from "../page/texts";

const answer = (closing: readonly [number, number]): object => ({
  area: "1", from: "2026-10-23T06:00:00Z", to: "2026-11-22T06:00:00Z", asOf: "2026-11-22T06:00:00Z", cases: 40,
  rates: [{ key: "closing-rate", numerator: closing[0], denominator: closing[1], value: 0 }, { key: "on-the-spot-rate", numerator: 0, denominator: 0 }, 7],
});

describe("KpiView", () => {
  let root: HTMLElement;
  let answers: (() => Response | Error)[];
  let asked: number;
  let view: KpiView;
  const words = (name: string): string => root.querySelector(`[data-part=${name}]`)?.textContent ?? "";
  const title = (name: string): string => root.querySelector<HTMLElement>(`[data-part=${name}]`)!.title;
  const tick = async (now: number, ready = true): Promise<void> => {
    view.tick(now, ready);
    await new Promise((resolve) => setTimeout(resolve));
    view.tick(now, false);
  };

  beforeEach(() => {
    vi.spyOn(console, "info").mockImplementation(() => {});
    root = document.createElement("main");
    root.innerHTML = '<b data-part="kpi-closing"></b><b data-part="kpi-spot"></b>';
    answers = [];
    asked = 0;
    view = new KpiView(root, new Texts("en", "UTC"), "/kpi", {
      fetcher: () => {
        asked++;
        const next = answers.shift()?.() ?? new Error("no more");
        return next instanceof Response ? Promise.resolve(next) : Promise.reject(next);
      },
      random: () => 0.5,
    });
  });

  afterEach(() => vi.restoreAllMocks());

  it("shows the rates with both their numbers, and a dash where nothing counts", async () => {
    answers = [() => Response.json(answer([35, 36]))];
    await tick(0);
    expect([words("kpi-closing"), words("kpi-spot")]).toEqual(["97.2 %", "—"]);
    expect(title("kpi-closing")).toBe("35 of 36 in the last 30 days, as of 06:00:00");
    expect(title("kpi-spot")).toBe("0 of 0 in the last 30 days, as of 06:00:00");
  });

  it("does not ask before there is a territory, then once a minute", async () => {
    answers = [() => Response.json(answer([1, 1])), () => Response.json(answer([1, 2]))];
    await tick(0, false);
    expect([asked, words("kpi-closing")]).toEqual([0, "—"]);
    await tick(1);
    await tick(59_000);
    expect([asked, words("kpi-closing")]).toEqual([1, "100.0 %"]);
    await tick(60_002);
    expect([asked, words("kpi-closing")]).toEqual([2, "50.0 %"]);
  });

  it.each([
    ["a server that is away", () => new TypeError("offline")], ["a fault", () => new Response(null, { status: 503 })],
    ["an answer that is none", () => Response.json({})],
  ])("shows no old number after %s", async (_, fault) => {
    answers = [() => Response.json(answer([1, 1])), fault];
    await tick(0);
    await tick(61_000);
    expect(words("kpi-closing")).toBe("—");
    expect(title("kpi-closing")).toBe("Not known at the moment");
  });

  it("shows no number that nobody renewed, though nothing failed", async () => {
    answers = [() => Response.json(answer([1, 1]))];
    await tick(0);
    view.tick(149_000, false);
    expect(words("kpi-closing")).toBe("100.0 %");
    view.tick(150_001, false);
    expect(words("kpi-closing")).toBe("—");
  });

  it("asks seldom where it is refused, and says so", async () => {
    answers = [() => new Response(null, { status: 403 })];
    await tick(0);
    await tick(599_000);
    expect([asked, words("kpi-closing"), title("kpi-closing")]).toEqual([1, "—", "This screen's ticket does not include the figures"]);
    await tick(600_001);
    expect(asked).toBe(2);
  });
});

it.each([null, 5, {}, { rates: 1 }, { rates: [] }])("readKpi refuses %j", (value) => expect(() => readKpi(value)).toThrow());
