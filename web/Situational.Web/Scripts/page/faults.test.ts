import { beforeEach, describe, expect, it, vi } from "vitest";
import { Faults } from "./faults";

describe("Faults", () => {
  let now: number;
  let reachable: boolean;
  let reloads: number[];
  const kept = new Map<string, string>();
  const open = (): Faults => new Faults({
    now: () => now,
    storage: () => ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value), removeItem: (name) => void kept.delete(name) }),
    reachable: () => reachable ? Promise.resolve(true) : Promise.reject(new Error("away")),
    reload: () => reloads.push(now),
  });
  const fail = (): never => { throw new Error("no"); };
  /** Lets a panel fail every second until the page is loaded anew. Returns the page's age then, s, or undefined. */
  const failUntilReload = async (faults: Faults, seconds: number): Promise<number | undefined> => {
    const before = reloads.length;
    for (now = 0; now <= seconds * 1_000; now += 1_000) {
      faults.guard("map", fail);
      faults.tick();
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      if (reloads.length > before) return now / 1_000;
    }
    return undefined;
  };

  beforeEach(() => {
    now = 0;
    reachable = true;
    reloads = [];
    kept.clear();
    vi.spyOn(console, "error").mockImplementation(() => {});
  });

  it("keeps one panel's fault from the next, and is there until that panel shows again", () => {
    const faults = open();
    expect(faults.guard("map", fail)).toBe(false);
    expect(faults.guard("figures", () => {})).toBe(true);
    now = 60_000;
    expect(faults.present).toBe(true);
    faults.guard("map", () => {});
    expect(faults.present).toBe(false);
  });

  it("holds for a while what no panel answers for", () => {
    const faults = open();
    const page = new EventTarget();
    faults.watch(page);
    expect(faults.present).toBe(false);
    page.dispatchEvent(Object.assign(new Event("error"), { message: "ResizeObserver loop completed with undelivered notifications." }));
    expect(faults.present).toBe(false);
    page.dispatchEvent(Object.assign(new Event("error"), { message: "no", error: new Error("no") }));
    expect(faults.present).toBe(true);
    now = 10_000;
    expect(faults.present).toBe(false);
    page.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: "no" }));
    expect(faults.present).toBe(true);
  });

  it("does not load the page anew for a fault that passes", () => {
    const faults = open();
    faults.guard("map", fail);
    for (now = 1_000; now < 600_000; now += 1_000) {
      faults.guard("map", () => {});
      faults.tick();
    }
    expect(reloads).toEqual([]);
  });

  it("loads the page anew when it goes on, and each time later", async () => {
    expect(await failUntilReload(open(), 4_000)).toBe(60);
    expect(await failUntilReload(open(), 4_000)).toBe(120);
    expect(await failUntilReload(open(), 4_000)).toBe(240);
    for (let times = 0; times < 20; times++) await failUntilReload(open(), 4_000);
    expect(await failUntilReload(open(), 4_000)).toBe(1_800);
  });

  it("starts with the short pause again after half an hour without a fault", async () => {
    for (let times = 0; times < 5; times++) await failUntilReload(open(), 4_000);
    now = 1_800_001;
    open().tick();
    expect(await failUntilReload(open(), 4_000)).toBe(60);
  });

  it("does not load a page that is not to be had", async () => {
    reachable = false;
    expect(await failUntilReload(open(), 4_000)).toBeUndefined();
  });
});
