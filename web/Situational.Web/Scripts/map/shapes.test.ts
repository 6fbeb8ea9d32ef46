import { worldX, worldY } from "blazor-leaflet";
import { describe, expect, it } from "vitest";
import { square } from "./canvas.testing";
import { type CityShapes, gridAt, localUnit, readShapes } from "./shapes";

function collection(...features: GeoJSON.Feature[]): GeoJSON.FeatureCollection & { levels: string[] } {
  return { type: "FeatureCollection", levels: ["city", "community", "grid"], features };
}

function local(shapes: CityShapes, latitude: number, longitude: number): [number, number] {
  return [(worldX(longitude) - shapes.anchorX) / localUnit, (worldY(latitude) - shapes.anchorY) / localUnit];
}

function codeAt(shapes: CityShapes, latitude: number, longitude: number): string | undefined {
  return shapes.grids[gridAt(shapes, ...local(shapes, latitude, longitude))]?.code;
}

const city = readShapes(collection(
  square("city", "c", 22, 113, 0.04), square("community", "m", 22, 113, 0.04, "c"),
  square("grid", "g2", 22, 113.02, 0.02, "m"), square("grid", "g1", 22, 113, 0.02, "m"), square("grid", "g3", 22.02, 113, 0.02, "m"),
));

describe("readShapes", () => {
  it("keeps the levels' order and takes the lowest for the grids", () => {
    expect(city.levels.map(level => level.name)).toEqual(["city", "community", "grid"]);
    expect(city.grids.map(grid => grid.code)).toEqual(["g2", "g1", "g3"]);
    expect(city.indexOfGrid.get("g3")).toBe(2);
    expect(city.areaOf.get("m")?.name).toBe("名m");
  });

  it("keeps local coordinates to what single precision holds within a hundredth of a pixel at zoom 20", () => {
    for (const grid of city.grids)
      for (const ring of grid.rings)
        for (const value of ring) expect(Math.abs(Math.fround(value) - value) * 16).toBeLessThan(0.02);
  });

  it("turns shells and holes opposite ways, however they came", () => {
    const shell: GeoJSON.Position[] = [[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]];
    const hole: GeoJSON.Position[] = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]];
    const area = (coordinates: GeoJSON.Position[][]): GeoJSON.Feature => ({ type: "Feature", properties: { code: "g", level: "grid" }, geometry: { type: "Polygon", coordinates } });
    for (const coordinates of [[shell, hole], [shell.toReversed(), hole], [shell, hole.toReversed()]]) {
      const [outer, inner] = readShapes(collection(area(coordinates))).grids[0]!.rings;
      expect(twiceArea(outer!)).toBeGreaterThan(0);
      expect(twiceArea(inner!)).toBeLessThan(0);
    }
  });

  it("leaves out what has no shape or no code", () => {
    const shapes = readShapes(collection(
      { type: "Feature", properties: { code: "p", level: "grid" }, geometry: { type: "Point", coordinates: [1, 1] } },
      { ...square("grid", "x", 1, 1, 1), properties: {} },
      square("grid", "g", 1, 1, 1),
    ));
    expect(shapes.grids.map(grid => grid.code)).toEqual(["g"]);
  });

  it("puts a label inside of a bent area", () => {
    // A C open to the east: the middle of its box lies outside.
    const bent: GeoJSON.Feature = {
      type: "Feature", properties: { code: "g", level: "grid" },
      geometry: { type: "Polygon", coordinates: [[[0, 0], [6, 0], [6, 1], [1, 1], [1, 5], [6, 5], [6, 6], [0, 6], [0, 0]]] },
    };
    const shapes = readShapes(collection(bent));
    const [grid] = shapes.grids;
    expect(gridAt(shapes, grid!.labelX, grid!.labelY)).toBe(0);
  });

  it("takes an empty territory", () => {
    const shapes = readShapes(collection());
    expect(shapes.grids).toEqual([]);
    expect(gridAt(shapes, 0, 0)).toBe(-1);
  });
});

describe("gridAt", () => {
  it("finds the grid that holds a place", () => {
    expect(codeAt(city, 22.01, 113.01)).toBe("g1");
    expect(codeAt(city, 22.01, 113.03)).toBe("g2");
    expect(codeAt(city, 22.03, 113.01)).toBe("g3");
    expect(codeAt(city, 22.03, 113.03)).toBeUndefined();
  });

  it("gives what two grids hold to the lower code", () => {
    const shapes = readShapes(collection(square("grid", "b", 22, 113, 0.02), square("grid", "a", 22.01, 113.01, 0.02)));
    expect(codeAt(shapes, 22.015, 113.015)).toBe("a");
  });

  it("sees through a hole", () => {
    const outer = square("grid", "g", 0, 0, 3);
    (outer.geometry as GeoJSON.Polygon).coordinates.push([[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]);
    const shapes = readShapes(collection(outer));
    expect(codeAt(shapes, 1.5, 1.5)).toBeUndefined();
    expect(codeAt(shapes, 0.5, 1.5)).toBe("g");
  });
});

function twiceArea(ring: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    sum += ring[at]! * ring[next + 1]! - ring[next]! * ring[at + 1]!;
  }
  return sum;
}
