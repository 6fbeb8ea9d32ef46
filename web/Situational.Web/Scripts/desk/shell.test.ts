import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseFrame, type Picture, reduce, type WatchRequest } from "../feed";
import { grid, snapshot } from "../feed/frames.testing";
import { TerritorySource } from "../page/territory";
import { Texts } from "../page/texts";
import { Desk } from "./shell";
import { PageState } from "./state";

const parts = ["alarm", "alarm-detail", "alarm-words", "announce", "badge-age", "badge-sign", "badge-words", "clock", "demo", "foot-demo", "foot-digest", "foot-revision", "notice", "notice-words", "toasts", "trouble"];
const territory = {
  type: "FeatureCollection",
  features: [{ type: "Feature", properties: { code: "1", name: "City" }, geometry: null }, { type: "Feature", properties: { code: "11", name: "East", parent: "1" }, geometry: null }],
};

describe("Desk", () => {
  let desk: Desk;
  let state: PageState;
  let item: (value: unknown) => void;
  let items: Map<string, (value: unknown) => void>;
  let watched: string[];
  let read: string[];
  let inForce: number;
  const live = (revision: number, version = 1): void => item(snapshot(revision, { grids: [grid("g1", revision)] }, { at: 2e12, territory: version }));
  const moment = (at: number, version = 1): Picture => {
    const reduced = reduce(undefined, parseFrame(snapshot(1, { grids: [grid("g-then", 1)] }, { at, territory: version })));
    if ("resync" in reduced) throw new Error(reduced.resync);
    return reduced.picture;
  };
  const past = (at: number, version = 1): void => desk.showPast(moment(at, version), { whole: false, grids: [], units: [], gone: [], cases: [], closed: [], events: [] });

  beforeEach(() => {
    vi.useFakeTimers();
    const root = document.createElement("main");
    for (const name of parts) {
      const element = document.createElement("div");
      element.setAttribute("data-part", name);
      root.append(element);
    }
    const page = { location: { pathname: "/duty", search: "" }, history: { pushState: () => {}, replaceState: () => {} }, addEventListener: () => {} };
    state = new PageState(page as unknown as Window);
    watched = [];
    items = new Map();
    read = [];
    inForce = 1;
    const source = (url: string): TerritorySource => new TerritorySource(url, (input) => {
      read.push(String(input));
      return Promise.resolve(new Response(JSON.stringify(territory), { headers: { "X-Territory-Version": /\d+$/.exec(String(input))?.[0] ?? String(inForce) } }));
    });
    desk = new Desk(root, {
      texts: new Texts("en", "UTC"),
      me: { id: "p-1", name: "P", role: "officer", squad: undefined },
      state,
      open: (request: WatchRequest, next) => {
        watched.push(request.area);
        item = next;
        items.set(request.area, next);
        return { drop() {} };
      },
      source: source("/t"),
      earlier: (version) => source(`/t?version=${version}`),
      cameBack: () => {},
      faults: { now: () => performance.now(), storage: () => undefined, reachable: () => Promise.resolve(true), reload: () => {} },
    });
    desk.start();
  });

  afterEach(() => {
    vi.clearAllTimers();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("lets panels look at the clock in a task of their own after a whole picture, and says at once when it is", () => {
    const looked = vi.fn();
    desk.onTick("panel", looked);
    live(1);

    expect(looked).not.toHaveBeenCalled();
    expect(desk.root.querySelector("[data-part=clock]")!.textContent).not.toBe("");
    vi.advanceTimersByTime(100);
    expect(looked).toHaveBeenCalled();
  });

  it("tells who asks for what is live of every live frame while the past is shown", () => {
    const [shown, living] = [vi.fn(), vi.fn()];
    live(1);
    desk.onPicture("panel", shown);
    desk.onLive("calls", living);
    past(1e12);
    shown.mockClear();
    live(2);
    expect(living).toHaveBeenLastCalledWith(expect.objectContaining({ revision: 2 }), expect.objectContaining({ whole: true }));
    expect(shown).not.toHaveBeenCalled();
    expect([desk.picture?.at, desk.livePicture?.revision, desk.now()]).toEqual([1e12, 2, 1e12]);
  });

  it("tells of the whole city whatever area and moment are shown, by one feed where it can", async () => {
    const city = vi.fn();
    desk.onCity("alerts", city);
    live(1);
    expect(watched).toEqual(["city"]);
    expect(city).toHaveBeenLastCalledWith(expect.objectContaining({ revision: 1 }), expect.anything());
    await vi.advanceTimersByTimeAsync(200);
    state.set({ area: "11" });
    expect(watched).toEqual(["city", "11"]);
    past(1e12);
    items.get("city")!(snapshot(2, { grids: [grid("g1", 2)] }, { at: 2e12, territory: 1 }));
    expect(city).toHaveBeenLastCalledWith(expect.objectContaining({ revision: 2 }), expect.anything());
    expect(desk.livePicture).toBeUndefined();
    desk.showLive();
    items.get("11")!(snapshot(7, { grids: [grid("g1", 7)] }, { at: 2e12, territory: 1 }));
    expect(desk.picture?.revision).toBe(7);
    expect(city).toHaveBeenLastCalledWith(expect.objectContaining({ revision: 2 }), expect.anything());

    state.set({ area: "" });
    // The city is there at once, without another watch.
    expect(desk.picture?.revision).toBe(2);
    expect(watched).toEqual(["city", "11"]);
  });

  it("watches the city besides, where the page begins with an area", async () => {
    state.set({ area: "11" });
    const city = vi.fn();
    desk.onCity("alerts", city);
    expect(watched).toEqual(["city", "11", "city"]);
    items.get("city")!(snapshot(4, { grids: [grid("g1", 4)] }, { at: 2e12, territory: 1 }));
    expect(city).toHaveBeenCalledTimes(1);
    expect(desk.livePicture).toBeUndefined();
  });

  it("shows nothing of the area before while a past moment of another one is on the way", async () => {
    live(1);
    await vi.advanceTimersByTimeAsync(200);
    past(1e12);
    const shown = vi.fn();
    desk.onPicture("panel", shown);
    const areas: string[] = [];
    desk.onArea("panel", (area) => { areas.push(`${area} ${desk.picture === undefined}`); });
    state.set({ area: "11" });
    expect(areas.at(-1)).toBe("11 true");
    expect(desk.isPast).toBe(true);
    expect(desk.now()).toBe(1e12);
    expect((shown.mock.lastCall?.[0] as Picture).grids.size).toBe(0);
    past(1e12);
    expect(shown).toHaveBeenLastCalledWith(expect.objectContaining({ at: 1e12 }), expect.objectContaining({ whole: true }));
    expect(watched).toEqual(["city", "11"]);
  });

  it("leaves no row of the past behind when what is live has not come yet", async () => {
    live(1);
    await vi.advanceTimersByTimeAsync(200);
    state.set({ area: "11" });
    past(1e12);
    const shown = vi.fn();
    desk.onPicture("panel", shown);
    desk.showLive();
    expect((shown.mock.lastCall?.[0] as Picture).grids.size).toBe(0);
    expect([desk.isPast, desk.picture]).toEqual([false, undefined]);
    live(3);
    expect(shown).toHaveBeenLastCalledWith(expect.objectContaining({ revision: 3 }), expect.anything());
  });

  it("draws a past moment on the shapes of its own territory, and what is live on its own again", async () => {
    inForce = 2;
    live(1, 2);
    await vi.advanceTimersByTimeAsync(200);
    past(1e12, 1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(read.at(-1)).toBe("/t?version=1");
    expect(desk.territory?.version).toBe(1);
    desk.showLive();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(read.at(-1)).toBe("/t");
    expect(desk.territory?.version).toBe(2);
  });
});
