import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Call, fakeCanvases, palette, recorder, viewOf } from "./canvas.testing";
import type { UnitRow } from "./types";
import { UnitsLayer } from "./units-layer";

let offscreen: Call[];
beforeEach(() => { offscreen = fakeCanvases(); });
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const [lat, lon] = [22.77, 113.93];

describe("UnitsLayer", () => {
  const view = viewOf(lat, lon, 15);

  function unit(id: string, heading: number, state: number, shift = 0, measuredAt = 1_000, sosAt = 0): UnitRow {
    return [id, Math.round(lat * 1e6), Math.round((lon + shift) * 1e6), heading, state, measuredAt, "g", "s", `巡${id}`, 0, -1, 0, sosAt];
  }

  it("draws each unit by state and direction, and not what is gone", () => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("east", 90, 0), unit("late", 0, 1, 0.001), unit("stale", -1, 2, 0.002), unit("gone", 0, 3, 0.003)]);
    const { context, calls } = recorder();
    layer.draw(context, view, 0);

    const drawn = calls.filter(call => call.name === "drawImage" && call.values.length === 9).map(({ values }) => [Number(values[1]) / Number(values[3]), Number(values[2]) / Number(values[4])]);
    expect(drawn).toEqual([[32, 2], [0, 1], [8, 0]]);
  });

  it("asks for more frames only while something glides", () => {
    let time = 0;
    const layer = new UnitsLayer(palette, () => time);
    layer.reset([unit("a", 0, 0)]);
    expect(layer.draw(recorder().context, view, 0)).toBe(false);

    time = 100;
    layer.update([unit("a", 0, 0, 0.0005, 2_000)], []);
    expect(layer.draw(recorder().context, view, 200)).toBe(true);
    expect(layer.draw(recorder().context, view, 1_100)).toBe(false);
  });

  it("asks to be drawn only when a row changes the picture", () => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("a", 0, 0)]);
    const change = vi.fn();
    layer.onChange = change;
    layer.update([unit("a", 0, 0)], ["nobody"]);
    expect(change).not.toHaveBeenCalled();
    layer.update([], ["a"]);
    expect(change).toHaveBeenCalledOnce();
  });

  it("becomes dots with counts in a crowd, and signs again when it thins", () => {
    const layer = new UnitsLayer(palette, () => 0);
    const crowd = Array.from({ length: 1_000 }, (_, index) => unit(String(index), 0, 0, (index % 100) * 0.0001));
    layer.reset(crowd);
    const { context, calls } = recorder();
    layer.draw(context, view, 0);
    expect(layer.crowded).toBe(true);
    const field = calls.find(call => call.name === "putImageData")!.values[0] as ImageData;
    expect(new Uint32Array(field.data.buffer).some(pixel => pixel !== 0)).toBe(true);
    expect(offscreen.filter(call => call.name === "fillText").map(call => Number(call.values[0])).reduce((sum, count) => sum + count, 0)).toBe(1_000);

    layer.reset(crowd.slice(0, 50));
    layer.draw(recorder().context, view, 0);
    expect(layer.crowded).toBe(false);
  });

  it("writes call signs close by, and not from afar", () => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("7", 0, 0)]);
    layer.draw(recorder().context, viewOf(lat, lon, 12), 0);
    expect(offscreen.some(call => call.name === "fillText")).toBe(false);
    layer.draw(recorder().context, viewOf(lat, lon, 16), 0);
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "巡7")).toBe(true);
  });

  it("leaves out a call sign that would cover another, the same one in each frame", () => {
    let time = 0;
    const layer = new UnitsLayer(palette, () => time);
    const close = viewOf(lat, lon, 16);
    /** Where call signs are written: x of their middle. */
    const written = (): number[] => {
      const { context, calls } = recorder();
      layer.draw(context, close, time);
      return calls.filter(call => call.name === "drawImage" && call.values.length === 5).map(({ values }) => Math.round(Number(values[1]) + Number(values[3]) / 2));
    };
    layer.reset([unit("a", 0, 0), unit("b", 0, 0, 0.0001), unit("c", 0, 0, 0.002)]);
    const [a, c] = written();
    expect(c! - a!).toBeGreaterThan(80);
    expect(written()).toEqual([a, c]);

    // The first goes: there is room for the second, and it stays when the first is back.
    layer.update([], ["a"]);
    const [, b] = written();
    expect(b).not.toBe(a);
    layer.update([unit("a", 0, 0)], []);
    expect(written()).toEqual([c, b]);
    time = 16;
    expect(written()).toEqual([c, b]);
  });

  it.each([12, 16])("draws whoever calls for help over all others at zoom %i, also one that is gone, until someone answers", (zoom) => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("gone", 0, 3, 0, 1_000, 5_000), unit("a", 0, 0)]);
    const stars = (): Call[] => {
      const { context, calls } = recorder();
      layer.help.draw(context, viewOf(lat, lon, zoom), 0);
      return calls.filter(call => call.name === "drawImage" && Number(call.values[7]) > 40);
    };
    const drawn = stars();

    expect(drawn).toHaveLength(1);
    expect(Math.round(Number(drawn[0]!.values[5]) + Number(drawn[0]!.values[7]) / 2)).toBe(500);
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "SOS 巡gone")).toBe(true);
    expect(layer.unitAt(viewOf(lat, lon, zoom), 500, 400, 0)).toMatch(/^巡/);

    const help = vi.fn();
    layer.onHelp = help;
    layer.update([unit("gone", 0, 3)], []);
    expect(help).toHaveBeenCalledOnce();
    expect(stars()).toEqual([]);
    layer.update([unit("gone", 0, 3, 0.001)], []);
    expect(help).toHaveBeenCalledOnce();
  });

  it("keeps the whole call sign of a unit at the map's edge on the map, at the lower one above its sign", () => {
    const layer = new UnitsLayer(palette, () => 0);
    const { width, height } = view;
    const shown = { ...viewOf(lat, lon, 16), left: viewOf(lat, lon, 16).left + width / 2 - 4, top: viewOf(lat, lon, 16).top - height / 2 + 4 };
    layer.reset([unit("edge", 0, 0, 0, 1_000, 5_000)]);
    const { context, calls } = recorder();
    layer.draw(context, shown, 0);
    layer.help.draw(context, shown, 0);
    const words = calls.filter(call => call.name === "drawImage" && call.values.length === 5).map(({ values }) => values.slice(1).map(Number) as [number, number, number, number]);

    expect(words).toHaveLength(2);
    for (const [left, top, wide, high] of words) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top + high).toBeLessThanOrEqual(height);
      expect(left + wide).toBeLessThanOrEqual(width);
    }
  });

  it.each([["", 0], ["nowhere", 2]])("draws calls from a place that nobody knows at the head of the map where it has a word for it (%s)", (nowhere, drawn) => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.nowhere = nowhere;
    const lost = (id: string): UnitRow => [id, 0, 0, -1, 3, 0, "outside", "s", `巡${id}`, 0, -1, 0, 5_000];
    layer.reset([lost("x"), lost("y")]);
    // Where 0, 0 is in sight, nobody stands there either.
    for (const shown of [view, viewOf(0, 0, 12)]) {
      const { context, calls } = recorder();
      layer.help.draw(context, shown, 0);
      const stars = calls.filter(call => call.name === "drawImage" && Number(call.values[7]) > 40);
      expect(stars.map(({ values }) => Math.round(Number(values[5]) + Number(values[7]) / 2))).toEqual(Array<number>(drawn).fill(500));
      expect(stars.every(({ values }) => Number(values[6]) < 200)).toBe(true);
    }
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "SOS 巡x · nowhere")).toBe(drawn > 0);

    layer.reset([lost("y")]);
    expect([...layer.fleet.lost.keys()]).toEqual(["y"]);
  });

  it("forgets a call for help with its unit", () => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("a", 0, 0, 0, 1_000, 5_000), unit("b", 0, 0)]);
    const help = vi.fn();
    layer.onHelp = help;
    layer.update([unit("b", 0, 0, 0.001)], []);
    expect(help).not.toHaveBeenCalled();
    layer.update([], ["a", "b"]);
    expect(help).toHaveBeenCalledOnce();
    expect(layer.fleet.sos.size).toBe(0);
  });

  it("draws units of other squads pale and without call sign where the page is about one squad, and its own over them with theirs", () => {
    const layer = new UnitsLayer(palette, () => 0);
    const other: UnitRow = [...unit("other", 90, 0, 0.0004)];
    const own = unit("own", 90, 0);
    layer.reset([own, [...other.slice(0, 7), "s2", ...other.slice(8)] as unknown as UnitRow]);
    const far = viewOf(lat, lon, 12);
    const change = vi.fn();
    layer.onChange = change;
    layer.squad = "s";
    layer.squad = "s";
    expect(change).toHaveBeenCalledOnce();
    const { context, calls } = recorder();
    layer.draw(context, far, 0);

    const drawn = calls.filter(call => call.name === "drawImage" && call.values.length === 9);
    expect(drawn).toHaveLength(2);
    expect(drawn[0]!.values[0]).not.toBe(drawn[1]!.values[0]);
    expect(Math.round(Number(drawn[1]!.values[5]) + Number(drawn[1]!.values[7]) / 2)).toBe(500);
    expect(new Set(offscreen.filter(call => call.name === "fill" && call.fillStyle === "other").map(call => call.fillStyle))).toEqual(new Set(["other"]));
    expect(offscreen.filter(call => call.name === "fillText").map(call => call.values[0])).toEqual(["巡own"]);
  });

  it("says the chosen unit's words above it wherever it goes, and writes no call sign below them", () => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("7", 0, 0), unit("8", 0, 0, 0.003)]);
    const help = vi.fn();
    layer.onHelp = help;
    layer.choose("7", "巡7 · 12 s");
    layer.choose("7", "巡7 · 12 s");
    expect(help).toHaveBeenCalledOnce();
    const words = (): unknown[] => {
      offscreen.length = 0;
      layer.forget();
      layer.draw(recorder().context, viewOf(lat, lon, 16), 0);
      layer.help.draw(recorder().context, viewOf(lat, lon, 16), 0);
      return offscreen.filter(call => call.name === "fillText").map(call => call.values[0]).sort();
    };
    expect(words()).toEqual(["巡7 · 12 s", "巡8"]);
    layer.update([unit("7", 0, 0, 0.0001, 2_000)], []);
    expect(help).toHaveBeenCalledTimes(2);
    layer.choose("7", "");
    expect(words()).toEqual(["巡7", "巡8"]);
  });

  it("makes its pictures anew when they were lost", () => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("7", 0, 0)]);
    layer.draw(recorder().context, viewOf(lat, lon, 16), 0);
    offscreen.length = 0;
    layer.draw(recorder().context, viewOf(lat, lon, 16), 16);
    expect(offscreen).toEqual([]);
    layer.forget();
    layer.draw(recorder().context, viewOf(lat, lon, 16), 32);
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "巡7")).toBe(true);
    expect(offscreen.some(call => call.name === "clip")).toBe(true);
  });

  it("finds the unit under the pointer", () => {
    const layer = new UnitsLayer(palette, () => 0);
    layer.reset([unit("a", 0, 0), unit("b", 0, 0, 0.001), unit("gone", 0, 3)]);
    expect(layer.unitAt(view, 503, 400, 0)).toBe("巡a");
    expect(layer.unitAt(view, 600, 600, 0)).toBeUndefined();
  });
});
