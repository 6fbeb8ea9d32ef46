import type { CaseRow, GridRow, UnitRow } from "../feed/frame";

export type { CaseRow, GridRow, UnitRow };

/** Everything there is to draw. */
export interface CityRows {
  readonly grids: ReadonlyMap<string, GridRow>;
  readonly units: ReadonlyMap<string, UnitRow>;
  readonly cases: ReadonlyMap<string, CaseRow>;
}

/** What differs from before. */
export interface CityChange {
  /** Everything may; the lists are empty. */
  readonly whole: boolean;
  readonly grids: readonly GridRow[];
  readonly units: readonly UnitRow[];
  readonly gone: readonly string[];
  readonly cases: readonly CaseRow[];
  readonly closed: readonly string[];
}
