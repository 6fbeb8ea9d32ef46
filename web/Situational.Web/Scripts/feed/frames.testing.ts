import { format, mix } from "./digest";
import type { CaseRow, EventRow, GridRow, Totals, UnitRow } from "./frame";

/** Frames for tests, right unless a test makes them wrong. */
export const noTotals: Totals = {
  red: 0, orange: 0, yellow: 0, blue: 0, approaching: 0, overdue: 0, overdueTwice: 0, escalated: 0, whistles: 0, live: 0, late: 0, stale: 0, gone: 0, silent: 0, grids: 0,
};

export function grid(code: string, revision: number, over: { risk?: number; score?: number; silent?: number; open?: number[]; overdue?: number; units?: number } = {}): GridRow {
  const [red = 0, orange = 0, yellow = 0, blue = 0] = over.open ?? [];
  return [code, revision, over.risk ?? 4, over.score ?? 0, over.silent ?? 0, 1_000, red, orange, yellow, blue, over.overdue ?? 0, over.units ?? 0];
}

export function unit(id: string, over: { state?: number; at?: number; battery?: number; enteredAt?: number; sosAt?: number } = {}): UnitRow {
  return [id, 22_750_000, 113_920_000, -1, over.state ?? 0, over.at ?? 1_000, "g1", "s1", `C-${id}`, 0, over.battery ?? -1, over.enteredAt ?? 0, over.sosAt ?? 0];
}

export function hazard(id: string, over: {
  grid?: string; severity?: number; category?: string; reportedAt?: number; level?: number; escalations?: number; whistle?: string; called?: number; arrived?: number; whistledAt?: number; assignee?: string;
} = {}): CaseRow {
  return [
    id, over.grid ?? "g1", over.category ?? "road-collapse", over.severity ?? 1, 1, 22_750_000, 113_920_000, over.reportedAt ?? 1_000, 0,
    over.level ?? 0, over.escalations ?? 0, over.whistle ?? "", over.called ?? 0, over.arrived ?? 0, over.whistledAt ?? 0, over.assignee ?? "",
  ];
}

export function digestOf(rows: readonly GridRow[]): string {
  return format(rows.reduce((sum, row) => (sum + mix(row[0], row[1])) >>> 0, 0));
}

export interface Rows {
  grids?: readonly GridRow[];
  units?: readonly UnitRow[];
  gone?: readonly string[];
  cases?: readonly CaseRow[];
  closed?: readonly string[];
  events?: readonly EventRow[];
}

export function snapshot(revision: number, rows: Rows = {}, over: object = {}): Record<string, unknown> {
  return {
    kind: "snapshot", epoch: "e1", revision, at: 10_000, digest: digestOf(rows.grids ?? []), territory: 1,
    grids: [], units: [], gone: [], cases: [], closed: [], events: [], totals: noTotals, trouble: [], ...rows, ...over,
  };
}

/** @param after the grids as they stand after the delta, for the digest */
export function delta(previous: number, rows: Rows, after: readonly GridRow[], over: object = {}): Record<string, unknown> {
  return {
    kind: "delta", epoch: "e1", revision: previous + 1, previous, at: 10_100, digest: digestOf(after), territory: 1,
    totals: noTotals, trouble: [], ...rows, ...over,
  };
}

export function beat(revision: number, grids: readonly GridRow[], over: object = {}): Record<string, unknown> {
  return { kind: "beat", epoch: "e1", revision, at: 12_000, digest: digestOf(grids), territory: 1, totals: noTotals, trouble: [], ...over };
}
