/** Days, months or quarters. */
export type Cadence = "daily" | "monthly" | "quarterly";

export const cadences: readonly Cadence[] = ["daily", "monthly", "quarterly"];

export interface GridShares {
  readonly code: string;
  readonly name: string;
  /** By period, 0 to 1; only the whole is 1. */
  readonly shares: readonly number[];
}

/** Answer of `GET /api/v1/coverage`. */
export interface CoverageAnswer {
  readonly area: string;
  readonly cadence: Cadence;
  readonly asOf: string;
  /** First days, `YYYY-MM-DD`, the running one first. */
  readonly periods: readonly string[];
  readonly shares: readonly number[];
  /** The least walked in the running period first. */
  readonly grids: readonly GridShares[];
}

/** Answer of `GET /api/v1/coverage/{grid}`. */
export interface CellsAnswer {
  readonly grid: string;
  readonly cadence: Cadence;
  readonly period: string;
  readonly share: number;
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly columns: number;
  readonly rows: number;
  /** Base64 of two bits a cell. */
  readonly cells: string;
}

/** State of a cell. */
export const cellOutside = 0, cellMissing = 1, cellWalked = 3;

/** The states of all cells, row by row from the south-west; throws if there are too few. */
export function cellsOf({ cells, columns, rows }: CellsAnswer): Uint8Array {
  const bytes = atob(cells);
  const states = new Uint8Array(columns * rows);
  if (bytes.length * 4 < states.length) throw new Error("The grid has fewer cells than columns and rows say.");
  for (let at = 0; at < states.length; at++) states[at] = bytes.charCodeAt(at >> 2) >> (2 * (at & 3)) & 3;
  return states;
}

/** Whole percent, downwards: what is not all is never called 100 %, and what is not nothing never 0 %. */
export function percentOf(share: number): string {
  const whole = Math.floor(share * 100 + 1e-9);
  return share > 0 && whole < 1 ? "<1 %" : `${whole} %`;
}

/** How much of a grid is missing, from 0 nothing to 4 all: five signs that are told apart from afar. */
export function gapOf(share: number): number {
  if (share <= 0) return 4;
  if (share >= 1) return 0;
  return share < 1 / 3 ? 3 : share < 2 / 3 ? 2 : 1;
}
