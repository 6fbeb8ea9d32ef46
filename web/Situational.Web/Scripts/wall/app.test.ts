import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { grid, noTotals, snapshot } from "../feed/frames.testing";
import { Wall, type WallMap } from "./app";
import { TerritorySource } from "../page/territory";
import { Texts } from "../page/texts";

const parts = [
  "alarm", "alarm-detail", "alarm-words", "approaching", "badge-age", "badge-sign", "badge-words", "city", "clock", "day", "deadlines", "demo", "digest", "figures", "foot-demo", "hot", "hours",
  "hours-closed", "hours-closed-sum", "hours-reported", "hours-reported-sum",
  "hot-none", "kpi-closing", "kpi-spot", "map-empty", "map-how", "map-words", "open-1", "open-2", "open-3", "open-4", "overdue", "patrol-0", "patrol-1", "patrol-2", "patrol-3",
  "patrol-none", "patrol-quiet", "patrol-quiet-title", "present", "present-of", "revision", "silent", "silent-of", "territory-version", "ticker", "ticker-none",
  "trend", "trend-area", "trend-change", "trend-line", "trend-now", "trend-span", "trouble", "units-0", "units-1", "units-2",
  "whistles", "whistles-all", "whistles-none",
];
const territory = { type: "FeatureCollection", features: [{ type: "Feature", properties: { code: "1", name: "City" }, geometry: null }] };

describe("Wall", () => {
  let root: HTMLElement;
  let item: (value: unknown) => void;
  let asked: (string | null)[];
  let map: { [Name in keyof WallMap]: ReturnType<typeof vi.fn<WallMap[Name]>> };
  let reloads: number;
  let inForce: number;
  const words = (name: string): string => root.querySelector(`[data-part="${name}"]`)?.textContent ?? "";
  const rows = [grid("g1", 1, { risk: 1, open: [1] })];
  const says = (revision: number, version = 1): void => item(snapshot(revision, { grids: rows }, { territory: version, at: 1e12 + performance.now(), totals: { ...noTotals, red: 7, grids: 1 } }));

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 503 })));
    vi.spyOn(console, "error").mockImplementation(() => {});
    root = document.createElement("main");
    for (const _ of parts) root.append(document.createElement("div"));
    parts.forEach((name, at) => root.children[at]!.setAttribute("data-part", name));
    asked = [];
    reloads = 0;
    inForce = 1;
    map = { territory: vi.fn(), show: vi.fn(), flyTo: vi.fn(), live: vi.fn(), overview: vi.fn() };
    const wall = new Wall(root, {
      texts: new Texts("en", "UTC"),
      open: (_request, next) => { item = next; return { drop() {} }; },
      map,
      source: new TerritorySource("/t", (_input, init) => {
        const tag = new Headers(init?.headers).get("If-None-Match");
        asked.push(tag);
        const headers = { ETag: `"v${inForce}"`, "X-Territory-Version": String(inForce) };
        return Promise.resolve(tag === headers.ETag ? new Response(null, { status: 304, headers }) : new Response(JSON.stringify(territory), { headers }));
      }),
      earlier: () => new TerritorySource("/earlier"),
      kpi: "/kpi",
      trend: "/trend",
      cameBack: () => {},
      faults: {
        now: () => performance.now(),
        storage: () => undefined,
        reachable: () => Promise.resolve(true),
        reload: () => reloads++,
      },
    });
    wall.start();
  });

  afterEach(() => {
    vi.clearAllTimers();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("shows the other panels when the map fails, says so, and gives the map everything the next time", async () => {
    map.show.mockImplementationOnce(() => { throw new Error("no"); });
    says(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(words("open-1")).toBe("7");
    expect(root.querySelectorAll("[data-part=hot] > li")).toHaveLength(1);
    expect(root.dataset["state"]).toBe("degraded");
    expect(words("badge-words")).toBe("Degraded · Display fault");

    says(2);
    expect(map.show.mock.lastCall?.[1].whole).toBe(true);
    await vi.advanceTimersByTimeAsync(9_000);
    says(3);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(root.dataset["state"]).toBe("live");
    expect(reloads).toBe(0);
  });

  it("reads the shapes of another territory, and says that it changes as long as they are not those of the feed", async () => {
    says(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(map.territory).toHaveBeenCalledTimes(1);
    expect(words("trouble")).toBe("");

    // The server that answers has not read it yet: its 304 names no newer version.
    says(2, 2);
    await vi.advanceTimersByTimeAsync(3_000);
    expect([words("trouble"), root.dataset["state"]]).toEqual(["Territory changing", "degraded"]);
    expect(map.territory).toHaveBeenCalledTimes(1);
    inForce = 2;
    await vi.advanceTimersByTimeAsync(2_500);
    expect(map.territory).toHaveBeenCalledTimes(2);
    expect(map.territory.mock.lastCall?.[0].version).toBe(2);
    expect(words("trouble")).toBe("");
  });

  it("loads the page anew when a panel goes on failing", async () => {
    map.show.mockImplementation(() => { throw new Error("no"); });
    for (let revision = 1; revision <= 29; revision++) {
      says(revision);
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(reloads).toBe(0);
    for (let revision = 30; revision <= 32; revision++) {
      says(revision);
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(reloads).toBe(1);
  });

  it("reads a territory again that could not be drawn", async () => {
    map.territory.mockImplementationOnce(() => { throw new Error("no"); });
    for (let revision = 1; revision <= 15; revision++) {
      says(revision);
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(map.territory).toHaveBeenCalledTimes(2);
    expect(asked).toEqual([null, null]);
    expect(words("city")).toBe("City");
  });
});
