import { scaleOf, worldX, worldY } from "blazor-leaflet";

/** World units that one local unit measures: a CSS pixel at zoom 16. City-sized shapes then keep to what single precision holds. */
export const localUnit = 1 / scaleOf(16);

/** An area in local units from the anchor of its {@link CityShapes}. */
export interface AreaShape {
  readonly code: string;
  readonly name: string;
  /** All rings, one after the other: x, y, x, y, …; the first point is not repeated. Shells and holes turn opposite ways. */
  readonly rings: readonly Float64Array[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Where its label stands: inside, in the middle of the widest stretch at its middle height. */
  readonly labelX: number;
  readonly labelY: number;
}

/** The areas of one level, from the highest (0) to the grids. */
export interface ShapeLevel {
  readonly name: string;
  readonly areas: readonly AreaShape[];
}

/** A territory as it is drawn. */
export interface CityShapes {
  /** World position of local (0, 0). */
  readonly anchorX: number;
  readonly anchorY: number;
  readonly levels: readonly ShapeLevel[];
  /** The lowest level. */
  readonly grids: readonly AreaShape[];
  readonly indexOfGrid: ReadonlyMap<string, number>;
  readonly areaOf: ReadonlyMap<string, AreaShape>;
}

/** A part of the painting, in its CSS pixels; also a box in local units. */
export interface Patch {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Reads a normalized territory: `levels` names the levels from the highest; without it the order of appearance counts. */
export function readShapes(territory: GeoJSON.FeatureCollection & { readonly levels?: unknown }): CityShapes {
  const features = territory.features.filter(isArea);
  const anchor = anchorOf(features);
  const named = Array.isArray(territory.levels) ? territory.levels.map(String) : [];
  const levels = new Map<string, AreaShape[]>(named.map(name => [name, []]));
  for (const feature of features) {
    const level = String(feature.properties?.["level"] ?? "");
    const areas = levels.get(level) ?? [];
    levels.set(level, areas);
    areas.push(shapeOf(feature, anchor));
  }
  const present = [...levels].filter(([, areas]) => areas.length > 0).map(([name, areas]) => ({ name, areas }));
  const grids = present.at(-1)?.areas ?? [];
  return {
    anchorX: anchor.x,
    anchorY: anchor.y,
    levels: present,
    grids,
    indexOfGrid: new Map(grids.map((grid, index) => [grid.code, index])),
    areaOf: new Map(present.flatMap(({ areas }) => areas.map(area => [area.code, area] as const))),
  };
}

/** Index of the first grid in code order that holds the local point, or -1. The same rule as the server's: the lower code owns what two share. */
export function gridAt(shapes: CityShapes, x: number, y: number): number {
  let found = -1;
  for (let index = 0; index < shapes.grids.length; index++) {
    const grid = shapes.grids[index]!;
    if (x < grid.left || x > grid.right || y < grid.top || y > grid.bottom || !holds(grid, x, y)) continue;
    if (found < 0 || grid.code < shapes.grids[found]!.code) found = index;
  }
  return found;
}

/** Indices of the areas whose boxes touch one, in local units. */
export function areasIn(areas: readonly AreaShape[], { left, top, right, bottom }: Patch): number[] {
  const found: number[] = [];
  for (let index = 0; index < areas.length; index++) {
    const area = areas[index]!;
    if (area.right >= left && area.left <= right && area.bottom >= top && area.top <= bottom) found.push(index);
  }
  return found;
}

const typical = new WeakMap<readonly AreaShape[], { readonly width: number; readonly height: number }>();

/** Median width and height of areas in local units. */
export function typicalSize(areas: readonly AreaShape[]): { readonly width: number; readonly height: number } {
  let found = typical.get(areas);
  if (found) return found;
  const median = (lengths: number[]): number => lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;
  found = { width: median(areas.map(area => area.right - area.left)), height: median(areas.map(area => area.bottom - area.top)) };
  typical.set(areas, found);
  return found;
}

/** Whether the point is inside by the even-odd rule, which holes need no orientation for. */
export function holds(area: AreaShape, x: number, y: number): boolean {
  let inside = false;
  for (const ring of area.rings) {
    let beforeX = ring[ring.length - 2]!;
    let beforeY = ring[ring.length - 1]!;
    for (let at = 0; at < ring.length; at += 2) {
      const nextX = ring[at]!;
      const nextY = ring[at + 1]!;
      if (nextY > y !== beforeY > y && x < ((beforeX - nextX) * (y - nextY)) / (beforeY - nextY) + nextX) inside = !inside;
      beforeX = nextX;
      beforeY = nextY;
    }
  }
  return inside;
}

interface Anchor { readonly x: number; readonly y: number }

function isArea(feature: GeoJSON.Feature): boolean {
  const kind = feature.geometry?.type;
  return (kind === "Polygon" || kind === "MultiPolygon") && typeof feature.properties?.["code"] === "string";
}

function polygonsOf({ geometry }: GeoJSON.Feature): readonly GeoJSON.Position[][][] {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

/** The middle of everything, on a whole world pixel of zoom 16. */
function anchorOf(features: readonly GeoJSON.Feature[]): Anchor {
  let [west, east, north, south] = [1, 0, 1, 0];
  for (const feature of features)
    for (const ring of polygonsOf(feature).flat())
      for (const [longitude = 0, latitude = 0] of ring) {
        west = Math.min(west, worldX(longitude));
        east = Math.max(east, worldX(longitude));
        north = Math.min(north, worldY(latitude));
        south = Math.max(south, worldY(latitude));
      }
  return { x: Math.round((west + east) / 2 / localUnit) * localUnit, y: Math.round((north + south) / 2 / localUnit) * localUnit };
}

function shapeOf(feature: GeoJSON.Feature, anchor: Anchor): AreaShape {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const rings = polygonsOf(feature).flatMap(polygon => polygon.map((positions, index) => {
    const ring = new Float64Array((positions.length - 1) * 2);
    for (let at = 0; at < positions.length - 1; at++) {
      const [longitude = 0, latitude = 0] = positions[at]!;
      const x = (worldX(longitude) - anchor.x) / localUnit;
      const y = (worldY(latitude) - anchor.y) / localUnit;
      ring[at * 2] = x;
      ring[at * 2 + 1] = y;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return turned(ring, index === 0);
  }));
  const code = String(feature.properties?.["code"]);
  const name: unknown = feature.properties?.["name"];
  return { code, name: typeof name === "string" ? name : code, rings, left, top, right, bottom, ...labelPlace(rings, top, bottom) };
}

/** The ring, running clockwise on the screen or the other way: areas are filled together, and a hole must count against its shell. */
function turned(ring: Float64Array, clockwise: boolean): Float64Array {
  let twiceArea = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    twiceArea += ring[at]! * ring[next + 1]! - ring[next]! * ring[at + 1]!;
  }
  if (twiceArea > 0 === clockwise) return ring;
  const reversed = new Float64Array(ring.length);
  for (let at = 0; at < ring.length; at += 2) {
    reversed[at] = ring[ring.length - 2 - at]!;
    reversed[at + 1] = ring[ring.length - 1 - at]!;
  }
  return reversed;
}

/** The middle of the widest stretch of the area, among three heights around its middle. */
function labelPlace(rings: readonly Float64Array[], top: number, bottom: number): { labelX: number; labelY: number } {
  let best = { width: -1, labelX: 0, labelY: (top + bottom) / 2 };
  for (const share of [0.5, 0.4, 0.6]) {
    const y = top + (bottom - top) * share;
    const crossings = crossingsAt(rings, y);
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const width = crossings[at + 1]! - crossings[at]!;
      // The middle height wins unless another one offers clearly more.
      if (width > best.width * (best.width < 0 ? 1 : 1.15)) best = { width, labelX: (crossings[at + 1]! + crossings[at]!) / 2, labelY: y };
    }
  }
  return { labelX: best.labelX, labelY: best.labelY };
}

function crossingsAt(rings: readonly Float64Array[], y: number): number[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    let beforeX = ring[ring.length - 2]!;
    let beforeY = ring[ring.length - 1]!;
    for (let at = 0; at < ring.length; at += 2) {
      const nextX = ring[at]!;
      const nextY = ring[at + 1]!;
      if (nextY > y !== beforeY > y) crossings.push(((beforeX - nextX) * (y - nextY)) / (beforeY - nextY) + nextX);
      beforeX = nextX;
      beforeY = nextY;
    }
  }
  return crossings.sort((a, b) => a - b);
}
