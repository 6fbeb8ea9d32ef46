import type { CaseRow, GridRow, UnitRow } from "../Situational.Web/Scripts/map/types";

/** A seeded random number from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const [south, west, step] = [22.45, 113.75, 0.0052];

/** An invented city of columns × rows irregular grids in four levels above them; neighbours share their vertices. */
export function city(columns: number, rows: number): GeoJSON.FeatureCollection & { levels: string[] } {
  const next = random(7);
  const corners = new Map<string, [number, number]>();
  // Points at halves of the lattice: corners at even places, bends of the edges between them.
  const at = (column2: number, row2: number): [number, number] => {
    const key = `${column2}/${row2}`;
    let point = corners.get(key);
    if (!point) corners.set(key, point = [west + (column2 / 2 + (next() - 0.5) * 0.35) * step, south + (row2 / 2 + (next() - 0.5) * 0.35) * step]);
    return point;
  };
  const ring = (left: number, bottom: number, right: number, top: number): [number, number][] => {
    const points: [number, number][] = [];
    for (let x = left * 2; x < right * 2; x++) points.push(at(x, bottom * 2));
    for (let y = bottom * 2; y < top * 2; y++) points.push(at(right * 2, y));
    for (let x = right * 2; x > left * 2; x--) points.push(at(x, top * 2));
    for (let y = top * 2; y > bottom * 2; y--) points.push(at(left * 2, y));
    return [...points, points[0]!];
  };
  const features: GeoJSON.Feature[] = [];
  const add = (level: string, code: string, name: string, parent: string | undefined, shape: [number, number][]): void => {
    features.push({ type: "Feature", properties: { code, name, level, ...(parent ? { parent } : {}) }, geometry: { type: "Polygon", coordinates: [shape] } });
  };
  const levels = [["district", 25], ["street", 10], ["community", 5], ["grid", 1]] as const;
  add("city", "c", "演示市", undefined, ring(0, 0, columns, rows));
  for (const [level, side] of levels)
    for (let row = 0; row < rows; row += side)
      for (let column = 0; column < columns; column += side)
        add(level, `${level}-${column}-${row}`, `网格${column}-${row}`, "c", ring(column, row, Math.min(columns, column + side), Math.min(rows, row + side)));
  return { type: "FeatureCollection", levels: ["city", ...levels.map(([level]) => level)], features };
}

export function gridRows(columns: number, rows: number, next: () => number): GridRow[] {
  const result: GridRow[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result.push([`grid-${column}-${row}`, 1, 4 - Math.floor(next() ** 4 * 4), 0, next() < 0.03 ? 1 : 0, 0, 0, 0, 0, 0, 0, 1]);
  return result;
}

/** Units that walk: each call of `step` moves a share of them on by some metres. */
export class Walkers {
  readonly rows: UnitRow[] = [];

  constructor(count: number, private readonly columns: number, private readonly latticeRows: number, private readonly next: () => number) {
    for (let index = 0; index < count; index++) this.rows.push(this.#row(index, south + next() * latticeRows * step, west + next() * columns * step, next() * 360, 0));
  }

  step(from: number, count: number, at: number): UnitRow[] {
    const moved: UnitRow[] = [];
    for (let index = from; index < from + count; index++) {
      const slot = index % this.rows.length;
      const [, lat6, lon6, heading] = this.rows[slot]!;
      const turned = (heading + (this.next() - 0.5) * 60 + 360) % 360;
      const degrees = 0.0004 + this.next() * 0.0004;
      const angle = (turned * Math.PI) / 180;
      const lat = Math.min(south + this.latticeRows * step, Math.max(south, lat6 / 1e6 + Math.cos(angle) * degrees));
      const lon = Math.min(west + this.columns * step, Math.max(west, lon6 / 1e6 + Math.sin(angle) * degrees));
      moved.push(this.rows[slot] = this.#row(slot, lat, lon, turned, at));
    }
    return moved;
  }

  #row(index: number, lat: number, lon: number, heading: number, at: number): UnitRow {
    return [`u${index}`, Math.round(lat * 1e6), Math.round(lon * 1e6), Math.round(heading) % 360, index % 20 === 0 ? 1 : index % 33 === 0 ? 2 : 0, at, "g", "s", `巡${index}`, 0, -1, 0, 0];
  }
}

export function caseRows(count: number, columns: number, rows: number, next: () => number, now: number): CaseRow[] {
  return Array.from({ length: count }, (_, index): CaseRow => [
    `k${index}`, "g", "road", 4 - Math.floor(next() ** 3 * 4), 1, Math.round((south + next() * rows * step) * 1e6), Math.round((west + next() * columns * step) * 1e6),
    now - Math.round(next() * 3_600_000), 0, index % 40 === 0 ? 3 : index % 9 === 0 ? 2 : index % 5 === 0 ? 1 : 0, index % 60 === 0 ? 1 : 0, "", 0, 0, 0, "",
  ]);
}
