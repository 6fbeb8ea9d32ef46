/**
 * The frames of the hub method `Watch` as they stand on the wire; the contract is docs/feed.md.
 * Times are whole milliseconds since 1970 UTC, coordinates integers of 1e-6 degrees (WGS-84).
 */

/** code, revision, risk 1 red … 4 blue, score, silent 0|1, heardAt ms|0, open cases red, orange, yellow, blue, overdue, units */
export type GridRow = readonly [
  code: string, revision: number, risk: number, score: number, silent: number, heardAt: number,
  red: number, orange: number, yellow: number, blue: number, overdue: number, units: number,
];

/** id, lat6, lon6, heading in degrees or -1, state 0 live 1 late 2 stale 3 gone, measuredAt ms, grid, squad, call sign, marks 1 future 2 jump,
 * battery percent or -1, when it entered its grid ms|0, when it called for help and nobody has answered yet ms|0 */
export type UnitRow = readonly [
  id: string, lat6: number, lon6: number, heading: number, state: number, measuredAt: number,
  grid: string, squad: string, callSign: string, marks: number,
  battery: number, enteredAt: number, sosAt: number,
];

/** Where a unit is, in degrees; undefined of one that calls for help and of which nobody knows: neither a fix nor the call says where. */
export function placeOf(row: UnitRow): { readonly lat: number; readonly lon: number } | undefined {
  const [, lat6, lon6, , , measuredAt] = row;
  return measuredAt === 0 && lat6 === 0 && lon6 === 0 ? undefined : { lat: lat6 / 1e6, lon: lon6 / 1e6 };
}

/**
 * id, grid, category, severity 1 red … 4 blue, stage 1 reported … 12 merged, lat6, lon6, reportedAt ms, dueAt ms|0, level 0 none 1 approaching
 * 2 overdue 3 overdue twice, escalations, kind of the live whistle or "", departments it calls, those that arrived, when it was blown ms|0,
 * to whom it is given: `unit:`, `squad:` or `department:` and an id, or ""
 */
export type CaseRow = readonly [
  id: string, grid: string, category: string, severity: number, stage: number,
  lat6: number, lon6: number, reportedAt: number, dueAt: number,
  level: number, escalations: number, whistle: string, called: number, arrived: number, whistledAt: number,
  assignee: string,
];

/** at ms, kind, id of the case, grid or unit it is about, grid code, severity of a case or 0 */
export type EventRow = readonly [at: number, kind: string, subject: string, grid: string, n: number];

export interface Totals {
  readonly red: number;
  readonly orange: number;
  readonly yellow: number;
  readonly blue: number;
  readonly approaching: number;
  readonly overdue: number;
  readonly overdueTwice: number;
  readonly escalated: number;
  readonly whistles: number;
  readonly live: number;
  readonly late: number;
  readonly stale: number;
  readonly gone: number;
  readonly silent: number;
  readonly grids: number;
}

export interface Trouble {
  readonly code: string;
  readonly detail: string;
}

interface FrameHead {
  readonly epoch: string;
  readonly revision: number;
  readonly at: number;
  readonly digest: string;
  readonly territory: number;
  readonly totals: Totals;
  readonly trouble: readonly Trouble[];
}

interface FrameRows {
  readonly grids: readonly GridRow[];
  readonly units: readonly UnitRow[];
  readonly gone: readonly string[];
  readonly cases: readonly CaseRow[];
  readonly closed: readonly string[];
  readonly events: readonly EventRow[];
}

export interface Snapshot extends FrameHead, FrameRows {
  readonly kind: "snapshot";
}

export interface Delta extends FrameHead, FrameRows {
  readonly kind: "delta";
  readonly previous: number;
}

export interface Beat extends FrameHead {
  readonly kind: "beat";
}

export type Frame = Snapshot | Delta | Beat;

/** What came over the wire is no frame; the message names the field. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

const totalNames = [
  "red", "orange", "yellow", "blue", "approaching", "overdue", "overdueTwice", "escalated", "whistles", "live", "late", "stale", "gone", "silent", "grids",
] as const satisfies readonly (keyof Totals)[];

/** Column types of the rows: s string, n number. */
const gridColumns = "snnnnnnnnnnn";
const unitColumns = "snnnnnsssnnnn";
const caseColumns = "sssnnnnnnnnsnnns";
const eventColumns = "nsssn";

/** Reads one item of the stream. Unknown fields and further columns are left alone, so that a newer server can say more. */
export function parseFrame(value: unknown): Frame {
  const source = object(value, "frame");
  const head = {
    epoch: text(source["epoch"], "epoch"),
    revision: number(source["revision"], "revision"),
    at: number(source["at"], "at"),
    digest: text(source["digest"], "digest"),
    territory: number(source["territory"], "territory"),
    totals: totals(source["totals"]),
    trouble: list(source["trouble"], "trouble").map((item) => {
      const trouble = object(item, "trouble");
      return { code: text(trouble["code"], "trouble.code"), detail: typeof trouble["detail"] === "string" ? trouble["detail"] : "" };
    }),
  };
  switch (source["kind"]) {
    case "beat":
      return { kind: "beat", ...head };
    case "snapshot":
      return { kind: "snapshot", ...head, ...rowsOf(source) };
    case "delta":
      return { kind: "delta", previous: number(source["previous"], "previous"), ...head, ...rowsOf(source) };
    default:
      throw new FrameError(`kind is ${JSON.stringify(source["kind"])}, not snapshot, delta or beat`);
  }
}

function rowsOf(source: Readonly<Record<string, unknown>>): FrameRows {
  return {
    grids: rows<GridRow>(source["grids"], "grids", gridColumns),
    units: rows<UnitRow>(source["units"], "units", unitColumns),
    gone: ids(source["gone"], "gone"),
    cases: rows<CaseRow>(source["cases"], "cases", caseColumns),
    closed: ids(source["closed"], "closed"),
    events: rows<EventRow>(source["events"], "events", eventColumns),
  };
}

function object(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new FrameError(`${name} is no object`);
  return value as Readonly<Record<string, unknown>>;
}

function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw new FrameError(`${name} is no string`);
  return value;
}

function number(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new FrameError(`${name} is no number`);
  return value;
}

function list(value: unknown, name: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new FrameError(`${name} is no array`);
  return value;
}

function ids(value: unknown, name: string): readonly string[] {
  const found = list(value, name);
  for (const id of found) text(id, name);
  return found as readonly string[];
}

/** Checks each row's columns against their types. The rows themselves are kept, not copied: a city has 20,000 of them. */
function rows<Row>(value: unknown, name: string, columns: string): readonly Row[] {
  const found = list(value, name);
  for (const row of found) {
    if (!Array.isArray(row) || row.length < columns.length) throw new FrameError(`${name} holds a row with too few columns`);
    for (let column = 0; column < columns.length; column++) {
      const cell: unknown = row[column];
      const right = columns[column] === "s" ? typeof cell === "string" : typeof cell === "number";
      if (!right) throw new FrameError(`${name} holds a row whose column ${column} is ${typeof cell}`);
    }
  }
  return found as readonly Row[];
}

function totals(value: unknown): Totals {
  const source = object(value, "totals");
  const result: Record<string, number> = {};
  for (const name of totalNames) result[name] = number(source[name], `totals.${name}`);
  return result as unknown as Totals;
}
