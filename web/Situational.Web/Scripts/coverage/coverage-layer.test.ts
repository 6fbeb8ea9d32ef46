import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Call, fakeCanvases, recorder, square, viewOf } from "../map/canvas.testing";
import { readShapes } from "../map/shapes";
import { CoverageLayer, type CoveragePalette } from "./coverage-layer";

const palette: CoveragePalette = { ground: "ground", text: "text", edge: "edge", missing: "missing", walked: "walked", chosen: "chosen", font: "sans" };
const [lat, lon] = [22.77, 113.93];
const shapes = (): ReturnType<typeof readShapes> => readShapes({
  type: "FeatureCollection",
  features: [square("city", "city", lat, lon, 0.02), ...["a", "b", "c"].map((code, index) => square("grid", code, lat, lon + index * 0.01, 0.01, "city"))],
});
let offscreen: Call[];

beforeEach(() => { offscreen = fakeCanvases(); });
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function drawn(layer: CoverageLayer, zoom = 15): Call[] {
  const { context, calls } = recorder();
  layer.draw(context, viewOf(lat, lon, zoom));
  return calls;
}

it("draws nothing unless it is to be seen", () => {
  const layer = new CoverageLayer(palette);
  layer.show(shapes(), new Map([["a", 0]]));
  expect(drawn(layer)).toEqual([]);
  let asked = 0;
  layer.onChange = () => asked++;
  layer.visible = true;
  layer.visible = true;
  expect(asked).toBe(1);
  expect(drawn(layer).length).toBeGreaterThan(0);
});

it("covers what is under it, hatches what nobody walked, and writes every share it has room for", () => {
  const layer = new CoverageLayer(palette);
  layer.visible = true;
  layer.show(shapes(), new Map([["a", 0], ["b", 1]]));
  const calls = drawn(layer);
  const fills = calls.filter(({ name }) => name === "fill").map(({ fillStyle, values }) => [fillStyle, (values[0] as { parts: unknown[] }).parts.length]);
  expect(fills).toEqual([["ground", 2], ["walked", 1], ["missing", 0], ["missing", 0], ["missing", 0], ["missing", 1]]);
  expect(calls.some(({ name }) => name === "clip")).toBe(true);
  expect(calls.filter(({ name }) => name === "fillText").map(({ values }) => values[0])).toEqual(["0 %", "100 %"]);
  expect(drawn(layer, 10).filter(({ name }) => name === "fillText")).toEqual([]);
});

it("shows the cells of the chosen grid alone, north at the top", () => {
  const layer = new CoverageLayer(palette);
  layer.visible = true;
  layer.show(shapes(), new Map([["a", 0.5]]));
  const cells = { grid: "a", cadence: "daily", period: "2026-11-22", share: 0.5, south: lat, west: lon, north: lat + 0.01, east: lon + 0.01, columns: 2, rows: 2, cells: "Xw==" } as const;
  layer.cells(cells);
  expect(drawn(layer).some(({ name }) => name === "drawImage")).toBe(false);
  layer.choose("a");
  layer.cells(cells);
  const calls = drawn(layer);
  const { values } = calls.find(({ name }) => name === "drawImage")!;
  expect(values.slice(1, 3).map(Number)).toEqual([expect.closeTo(500, 6), expect.closeTo(400 - Number(values[4]), 6)]);
  expect(offscreen.filter(({ name }) => name === "fillRect").map(({ fillStyle, values: [x, y] }) => [fillStyle, x, y])).toEqual([
    ["walked", 0, 2], ["walked", 2, 2], ["missing", 0, 0], ["missing", 2, 0],
  ]);
  layer.choose("b");
  expect(drawn(layer).some(({ name }) => name === "drawImage")).toBe(false);
});
