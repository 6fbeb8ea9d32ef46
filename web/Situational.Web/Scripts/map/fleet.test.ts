import { worldX, worldY } from "blazor-leaflet";
import { describe, expect, it } from "vitest";
import { Fleet, hidden, longestGlide } from "./fleet";
import type { UnitRow } from "./types";

function unit(id: string, lat: number, lon: number, measuredAt: number, more: { heading?: number; state?: number; marks?: number; sos?: number } = {}): UnitRow {
  return [id, Math.round(lat * 1e6), Math.round(lon * 1e6), more.heading ?? 90, more.state ?? 0, measuredAt, "g", "s", `巡${id}`, more.marks ?? 0, -1, 0, more.sos ?? 0];
}

describe("Fleet", () => {
  it("puts nobody at 0, 0: who calls for help from nobody knows where is lost until there is a place", () => {
    const fleet = new Fleet();
    fleet.put(unit("a", 22.77, 113.93, 1_000), 0);

    expect(fleet.put(unit("a", 0, 0, 0, { state: 3, sos: 5_000 }), 1)).toBe(true);
    expect([fleet.slotOf("a"), fleet.calls("a"), [...fleet.lost]]).toEqual([undefined, true, [["a", "巡a"]]]);
    expect(fleet.put(unit("a", 0, 0, 0, { state: 3, sos: 5_000 }), 2)).toBe(false);

    // Where the call itself says that it is.
    expect(fleet.put(unit("a", 22.78, 113.93, 0, { state: 3, sos: 5_000 }), 3)).toBe(true);
    expect([fleet.y(fleet.slotOf("a")!, 3), fleet.calls("a"), fleet.lost.size]).toEqual([worldY(22.78), true, 0]);

    fleet.put(unit("b", 0, 0, 0, { state: 3, sos: 5_000 }), 4);
    expect([fleet.remove("b"), fleet.calls("b"), fleet.lost.size]).toEqual([true, false, 0]);
  });

  it("shows a new unit where it is, at once", () => {
    const fleet = new Fleet();
    fleet.put(unit("a", 22.77, 113.93, 1_000), 0);
    const slot = fleet.slotOf("a")!;

    expect(fleet.x(slot, 0)).toBe(worldX(113.93));
    expect(fleet.y(slot, 0)).toBe(worldY(22.77));
    expect(fleet.remaining(slot, 0)).toBe(0);
  });

  it("glides to the next fix in the time between the two", () => {
    const fleet = new Fleet();
    fleet.put(unit("a", 22.77, 113.93, 1_000), 0);
    fleet.put(unit("a", 22.77, 113.931, 2_000), 5_000);
    const slot = fleet.slotOf("a")!;

    expect(fleet.x(slot, 5_000)).toBe(worldX(113.93));
    expect(fleet.x(slot, 5_500)).toBeCloseTo((worldX(113.93) + worldX(113.931)) / 2, 12);
    expect(fleet.x(slot, 6_000)).toBe(worldX(113.931));
    expect(fleet.remaining(slot, 6_000)).toBe(0);
  });

  it("never glides longer than its limit, however seldom fixes come", () => {
    const fleet = new Fleet();
    fleet.put(unit("a", 22.77, 113.93, 1_000), 0);
    fleet.put(unit("a", 22.77, 113.931, 31_000), 30_000);
    const slot = fleet.slotOf("a")!;

    expect(fleet.remaining(slot, 30_000 + longestGlide - 1)).toBeGreaterThan(0);
    expect(fleet.remaining(slot, 30_000 + longestGlide)).toBe(0);
  });

  it("begins the next glide where the marker is, not where it was to be", () => {
    const fleet = new Fleet();
    fleet.put(unit("a", 22.77, 113.93, 0), 0);
    fleet.put(unit("a", 22.77, 113.932, 1_000), 0);
    const slot = fleet.slotOf("a")!;
    const half = fleet.x(slot, 500);
    fleet.put(unit("a", 22.77, 113.93, 2_000), 500);

    expect(fleet.x(slot, 500)).toBeCloseTo(half, 12);
  });

  it.each([
    ["a jump", { marks: 2 }, 22.77, 113.931],
    ["a step of many kilometres", {}, 22.9, 113.93],
    ["coming back from gone", {}, 22.77, 113.931],
  ] as const)("does not glide over %s", (what, more, lat, lon) => {
    const fleet = new Fleet();
    fleet.put(unit("a", 22.77, 113.93, 1_000, what.startsWith("coming") ? { state: 3 } : {}), 0);
    fleet.put(unit("a", lat, lon, 2_000, more), 1_000);
    const slot = fleet.slotOf("a")!;

    expect(fleet.x(slot, 1_000)).toBe(worldX(lon));
    expect(fleet.y(slot, 1_000)).toBe(worldY(lat));
  });

  it("says whether anything that is drawn changed", () => {
    const fleet = new Fleet();
    const row = unit("a", 22.77, 113.93, 1_000);
    expect(fleet.put(row, 0)).toBe(true);
    expect(fleet.put(row, 10)).toBe(false);
    expect(fleet.put(unit("a", 22.77, 113.93, 1_000, { state: 1 }), 20)).toBe(true);
    expect(fleet.put(unit("a", 22.77, 113.93, 1_000, { state: 1, heading: 91 }), 20)).toBe(true);
  });

  it("does not draw what is gone, and gives its place to the next", () => {
    const fleet = new Fleet();
    fleet.put(unit("a", 22.77, 113.93, 1_000), 0);
    fleet.put(unit("b", 22.77, 113.93, 1_000, { state: 3 }), 0);
    expect(fleet.state[fleet.slotOf("b")!]).toBe(hidden);
    expect(fleet.remove("a")).toBe(true);
    expect(fleet.remove("a")).toBe(false);
    fleet.put(unit("c", 22.8, 113.9, 1_000), 0);

    expect(fleet.size).toBe(2);
    expect(fleet.length).toBe(2);
    expect(fleet.x(fleet.slotOf("c")!, 0)).toBe(worldX(113.9));
  });

  it("holds ten thousand and reuses their places", () => {
    const fleet = new Fleet();
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 10_000; index++) fleet.put(unit(`${round}-${index}`, 22 + index / 1e5, 113, 1_000), 0);
      for (let index = 0; index < 10_000; index++) {
        const slot = fleet.slotOf(`${round}-${index}`)!;
        expect(fleet.toY[slot]).toBe(worldY(Math.round((22 + index / 1e5) * 1e6) / 1e6));
        if (round < 2) fleet.remove(`${round}-${index}`);
      }
    }
    expect(fleet.size).toBe(10_000);
    expect(fleet.length).toBe(10_000);
  });
});
