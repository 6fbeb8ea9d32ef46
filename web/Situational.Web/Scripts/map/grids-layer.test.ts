import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Call, fakeCanvases, type FakePath, palette, recorder, square, viewOf } from "./canvas.testing";
import { GridsLayer } from "./grids-layer";
import { readShapes } from "./shapes";
import type { GridRow } from "./types";

let offscreen: Call[];
beforeEach(() => { offscreen = fakeCanvases(); });
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const [lat, lon] = [22.77, 113.93];

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
