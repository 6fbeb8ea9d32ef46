import type { Change, Picture } from "../feed";

type Row = readonly (string | number)[];

/**
 * What makes one picture of another, for views that do not want to draw everything anew: two windows of the past meet in the same moment, and
 * the second begins with a whole picture of it. The revisions of grids number frames, and say nothing of the grids.
 */
export function differ(before: Picture, after: Picture): Change {
  return {
    whole: false,
    grids: changed(before.grids, after.grids, 1),
    units: changed(before.units, after.units),
    gone: missing(before.units, after.units),
    cases: changed(before.cases, after.cases),
    closed: missing(before.cases, after.cases),
    events: [],
  };
}

function changed<R extends Row>(before: ReadonlyMap<string, R>, after: ReadonlyMap<string, R>, but = -1): R[] {
  const rows: R[] = [];
  for (const [id, row] of after) {
    const was = before.get(id);
    if (!was || !same(was, row, but)) rows.push(row);
  }
  return rows;
}

function missing(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>): string[] {
  const ids: string[] = [];
  for (const id of before.keys()) if (!after.has(id)) ids.push(id);
  return ids;
}

function same(one: Row, other: Row, but: number): boolean {
  if (one.length !== other.length) return false;
  for (let column = 0; column < one.length; column++) if (column !== but && one[column] !== other[column]) return false;
  return true;
}
