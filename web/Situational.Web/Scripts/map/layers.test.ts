import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Call, fakeCanvases, type FakePath, palette, recorder, square, viewOf } from "./canvas.testing";
import { CasesLayer, overduePulseMilliseconds, pulseMilliseconds } from "./cases-layer";
import { GridsLayer } from "./grids-layer";
import { readShapes } from "./shapes";
import type { CaseRow, GridRow, UnitRow } from "./types";
import { UnitsLayer } from "./units-layer";

let offscreen: Call[];
beforeEach(() => { offscreen = fakeCanvases(); });
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const [lat, lon] = [22.77, 113.93];

function open(id: string, severity: number, reportedAt: number, shift = 0, stage = 1, level = 0, escalations = 0): CaseRow {
  return [id, "g", "road", severity, stage, Math.round(lat * 1e6), Math.round((lon + shift) * 1e6), reportedAt, 0, level, escalations, "", 0, 0, 0, ""];
}

describe("CasesLayer", () => {
  const now = 1_000_000;
  const old = now - 3_600_000;
  const view = viewOf(lat, lon, 14);

  it("draws one marker a case that stands alone, the worst last", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("red", 1, old), open("blue", 4, old, 0.02)]);
    const { context, calls } = recorder();

    expect(layer.draw(context, view, 0)).toBe(false);
    expect(layer.markers).toHaveLength(2);
    // The sheet's column is the severity.
    const columns = calls.filter(call => call.name === "drawImage").map(call => Number(call.values[1]) / Number(call.values[3]));
    expect(columns).toEqual([4, 1]);
  });

  it("shares a marker among cases that would cover each other, in the worst one's colour", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 3, old), open("b", 2, old, 0.00001), open("c", 4, old, 0.00002)]);
    layer.draw(recorder().context, view, 0);

    expect(layer.markers).toEqual([expect.objectContaining({ severity: 2, count: 3 })]);
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "3")).toBe(true);
  });

  it("drops what is closed, by its stage and by its id", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old), open("b", 1, old, 0.02)]);
    layer.update([open("a", 1, old, 0, 7)], ["b"]);
    layer.draw(recorder().context, view, 0);

    expect(layer.markers).toEqual([]);
  });

  it("pulses while a case is new, and no longer", () => {
    let time = now;
    const layer = new CasesLayer(palette, () => time);
    layer.update([open("a", 1, now)], []);

    expect(layer.draw(recorder().context, view, 0)).toBe(true);
    time = now + pulseMilliseconds[1]! - 1;
    expect(layer.draw(recorder().context, view, 0)).toBe(true);
    time = now + pulseMilliseconds[1]!;
    expect(layer.draw(recorder().context, view, 0)).toBe(false);
    expect(pulseMilliseconds[1]).toBe(60_000);
  });

  it("pulses no more once somebody has seen it, also when its row comes again", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.update([open("a", 1, now)], []);
    layer.acknowledge("a");
    layer.update([open("a", 1, now, 0, 4)], []);

    expect(layer.draw(recorder().context, view, 0)).toBe(false);
  });

  it("holds still while the picture is not live, and pulses on when it is again", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.update([open("a", 1, now)], []);
    const change = vi.fn();
    layer.onChange = change;

    layer.live = false;
    expect(change).toHaveBeenCalledOnce();
    const { context, calls } = recorder();
    expect(layer.draw(context, view, 0)).toBe(false);
    expect(calls.some(call => call.name === "arc" || call.name === "stroke")).toBe(false);
    expect(layer.markers).toHaveLength(1);

    layer.live = false;
    expect(change).toHaveBeenCalledOnce();
    layer.live = true;
    expect(change).toHaveBeenCalledTimes(2);
    expect(layer.draw(recorder().context, view, 0)).toBe(true);
  });

  it("does not pulse for what was reported long ago, though it is new to the screen", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old)]);

    expect(layer.pulsing.size).toBe(0);
  });

  it("draws a ring of another form for each deadline level, below the signs, and the worst of a shared marker", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([
      open("fine", 4, old), open("near", 4, old, 0.02, 1, 1), open("over", 4, old, -0.02, 1, 2), open("twice", 3, old, 0.01, 1, 3),
      open("with it", 2, old, 0.01001, 1, 0, 2),
    ]);
    const { context, calls } = recorder();
    layer.draw(context, view, 0);

    expect(layer.markers.map(marker => [marker.level, marker.severity, marker.count, marker.escalated])).toEqual([[0, 4, 1, false], [1, 4, 1, false], [2, 4, 1, false], [3, 2, 2, true]]);
    const drawn = calls.filter(call => call.name === "drawImage");
    // The ring's column is the level.
    expect(drawn.slice(0, 3).map(call => Number(call.values[1]) / Number(call.values[3]))).toEqual([1, 2, 3]);
    // The rings themselves: a broken line, a thick one, and two. Each is stroked twice, its dark edge first.
    const dashes = offscreen.filter(call => call.name === "setLineDash").map(call => (call.values[0] as number[]).length);
    expect(dashes).toEqual([0, 2, 0, 0, 0, 0, 0, 0]);
  });

  it("pulses when the time of a case runs out, also of one that somebody saw, but not for one that came overdue", () => {
    let time = now;
    const layer = new CasesLayer(palette, () => time);
    layer.reset([open("a", 1, old), open("b", 1, old, 0.02, 1, 2)]);
    layer.acknowledge("a");
    expect(layer.pulsing.size).toBe(0);

    layer.update([open("a", 1, old, 0, 1, 1)], []);
    expect(layer.pulsing.size).toBe(0);
    layer.update([open("a", 1, old, 0, 1, 2)], []);
    expect([...layer.pulsing]).toEqual(["a"]);
    time = now + overduePulseMilliseconds;
    expect(layer.draw(recorder().context, view, 0)).toBe(false);
    // After a break of the feed the whole picture tells what happened meanwhile.
    layer.reset([open("a", 1, old, 0, 1, 3), open("b", 1, old, 0.02, 1, 2)]);
    expect([...layer.pulsing]).toEqual(["a"]);
    layer.acknowledge("a");
    expect(layer.pulsing.size).toBe(0);
  });

  it.each([7, 8, 12])("drops what came to stage %d", (stage) => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old)]);
    layer.update([open("a", 1, old, 0, stage)], []);
    layer.draw(recorder().context, view, 0);
    expect(layer.markers).toEqual([]);
  });

  it("makes its signs anew when they were lost", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old)]);
    layer.draw(recorder().context, view, 0);
    offscreen.length = 0;
    layer.draw(recorder().context, view, 16);
    expect(offscreen).toEqual([]);
    layer.forget();
    layer.draw(recorder().context, view, 32);
    expect(offscreen.some(call => call.name === "clip")).toBe(true);
  });

  it("finds the worst case under the pointer", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("blue", 4, old), open("red", 1, old, 0.00005)]);

    expect(layer.caseAt(view, 500, 400)).toBe("red");
    expect(layer.caseAt(view, 700, 400)).toBeUndefined();
  });
});

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

describe("GridsLayer", () => {
  const shapes = readShapes({
    type: "FeatureCollection",
    levels: ["city", "grid"],
    features: [square("city", "c", 22.76, 113.92, 0.02), square("grid", "a", 22.76, 113.92, 0.01, "c"), square("grid", "b", 22.76, 113.93, 0.01, "c"), square("grid", "d", 22.77, 113.92, 0.01, "c")],
  } as GeoJSON.FeatureCollection);
  const view = viewOf(lat, lon, 15);

  function grid(code: string, risk: number, silent = 0, revision = 1): GridRow {
    return [code, revision, risk, 0, silent, 0, 0, 0, 0, 0, 0, 0];
  }

  function layerOf(...rows: GridRow[]): GridsLayer {
    const layer = new GridsLayer(palette);
    layer.territory(shapes);
    layer.reset(rows);
    return layer;
  }

  /** Colours that areas were filled with, and how many areas each. */
  function fills(): Record<string, number> {
    const found: Record<string, number> = {};
    for (const { name, values, fillStyle } of offscreen)
      if (name === "fill" && values[0] && (values[0] as FakePath).parts.length > 0) found[String(fillStyle)] = (found[String(fillStyle)] ?? 0) + (values[0] as FakePath).parts.length;
    return found;
  }

  it("fills grids by risk, and those without a row as unknown", () => {
    const layer = layerOf(grid("a", 1), grid("b", 4));
    layer.draw(recorder().context, view, 0);

    expect(fills()).toEqual({ red: 1, blue: 1, none: 1 });
    expect(layer.riskOf("a")).toBe(1);
  });

  it("hatches the silent ones over their colour", () => {
    layerOf(grid("a", 1, 1), grid("b", 4)).draw(recorder().context, view, 0);

    const clips = offscreen.filter(call => call.name === "clip" && call.values[0]).map(call => (call.values[0] as FakePath).parts.length);
    // The grid without a row, whose risk is unknown, and the silent one.
    expect(clips).toEqual([1, 1]);
    expect(fills()["red"]).toBe(1);
  });

  it("covers those of unknown risk with a pattern, and marks them with a letter", () => {
    layerOf(grid("a", 0), grid("b", 4), grid("d", 1)).draw(recorder().context, view, 0);

    const clips = offscreen.filter(call => call.name === "clip" && call.values[0]).map(call => (call.values[0] as FakePath).parts.length);
    expect(clips).toEqual([1]);
    expect(offscreen.filter(call => call.name === "fillText" && call.values[0] === "?")).toHaveLength(1);

    offscreen.length = 0;
    layerOf(grid("a", 4), grid("b", 4), grid("d", 1)).draw(recorder().context, view, 0);
    expect(offscreen.some(call => call.name === "clip" && call.values[0])).toBe(false);
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "?")).toBe(false);
  });

  it("paints once, and then only copies", () => {
    const layer = layerOf(grid("a", 1));
    const { context, calls } = recorder();
    for (let frame = 0; frame < 5; frame++) layer.draw(context, view, frame * 16);

    expect(layer.paintings).toBe(1);
    expect(calls.filter(call => call.name === "drawImage")).toHaveLength(5);
  });

  it("paints nothing when a row changes nothing that is seen", () => {
    const layer = layerOf(grid("a", 1));
    layer.draw(recorder().context, view, 0);
    const change = vi.fn();
    layer.onChange = change;
    layer.update([grid("a", 1, 0, 2), grid("nowhere", 1)]);

    expect(change).not.toHaveBeenCalled();
  });

  it("paints only the box of what changed", () => {
    const layer = layerOf(grid("a", 1), grid("b", 4), grid("d", 4));
    layer.draw(recorder().context, view, 0);
    offscreen.length = 0;
    layer.update([grid("a", 2, 0, 2)]);
    layer.draw(recorder().context, view, 16);

    expect(layer.paintings).toBe(1);
    const cleared = offscreen.filter(call => call.name === "clearRect");
    expect(cleared).toHaveLength(1);
    expect(Number(cleared[0]!.values[2])).toBeLessThan(view.width);
    expect(fills()["orange"]).toBe(1);
  });

  it("paints anew at another zoom: at once when the map rests, now and then while it moves", () => {
    const layer = layerOf(grid("a", 1));
    layer.draw(recorder().context, view, 0);
    const moving = { ...viewOf(lat, lon, 15.2), moving: true };
    expect(layer.draw(recorder().context, moving, 100)).toBe(true);
    expect(layer.paintings).toBe(1);
    layer.draw(recorder().context, moving, 400);
    expect(layer.paintings).toBe(2);
    layer.draw(recorder().context, viewOf(lat, lon, 15.4), 416);
    expect(layer.paintings).toBe(3);
  });

  it("paints anew when its pictures were lost", () => {
    const layer = layerOf(grid("a", 1, 1));
    layer.draw(recorder().context, view, 0);
    const change = vi.fn();
    layer.onChange = change;
    layer.forget();
    expect(change).toHaveBeenCalledOnce();
    offscreen.length = 0;
    layer.draw(recorder().context, view, 16);

    expect(layer.paintings).toBe(2);
    expect(offscreen.filter(call => call.name === "createPattern")).toHaveLength(2);
  });

  it("copies a small drag without painting", () => {
    const layer = layerOf(grid("a", 1));
    layer.draw(recorder().context, view, 0);
    layer.draw(recorder().context, { ...view, left: view.left + 60, top: view.top - 100 }, 16);

    expect(layer.paintings).toBe(1);
  });

  it("finds the grid under the pointer, and outlines what is marked", () => {
    const layer = layerOf(grid("a", 1));
    expect(layer.gridAt(view, 480, 420)).toBe("a");
    expect(layer.gridAt(view, 520, 420)).toBe("b");
    expect(layer.gridAt(view, 520, 380)).toBeUndefined();

    layer.marked = "b";
    const { context, calls } = recorder();
    layer.draw(context, view, 0);
    expect(calls.filter(call => call.name === "stroke" && call.strokeStyle === "text")).toHaveLength(1);
  });

  it("writes names and risks where there is room, and calm risks close by only", () => {
    layerOf(grid("a", 2), grid("b", 4)).draw(recorder().context, view, 0);
    const words = offscreen.filter(call => call.name === "fillText").map(call => call.values[0]);
    expect(words).toEqual(expect.arrayContaining(["名a", "名b", "名d", "II"]));
    expect(words).not.toContain("IV");

    offscreen.length = 0;
    layerOf(grid("b", 4)).draw(recorder().context, viewOf(lat, lon, 16), 0);
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "IV")).toBe(true);

    offscreen.length = 0;
    layerOf(grid("a", 2)).draw(recorder().context, viewOf(lat, lon, 8), 0);
    expect(offscreen.filter(call => call.name === "fillText")).toEqual([]);
  });
});
