import { type CaseRow, placeOf, type UnitRow } from "../feed/frame";

/** A unit of a squad as `GET /api/v1/squads/{id}` tells of it: on duty or off. */
export interface Member {
  readonly id: string;
  readonly callSign: string;
  readonly onDuty: boolean;
  readonly since?: string;
  readonly state?: string;
  readonly at?: string;
  readonly battery?: number;
  readonly grid?: string;
  readonly enteredAt?: string;
  readonly cases: readonly string[];
  readonly sos?: Sos;
}

export interface Sos {
  readonly at: string;
  readonly lat?: number;
  readonly lon?: number;
  readonly note?: string;
  readonly answeredAt?: string;
  readonly answeredBy?: string;
  readonly answer?: string;
}

/** One line of the roster. Times are ms since 1970; what is undefined is not known, or is nobody's business because the unit is off duty. */
export interface RosterRow {
  readonly id: string;
  readonly callSign: string;
  readonly onDuty: boolean;
  readonly since: number | undefined;
  /** 0 live, 1 late, 2 stale, 3 gone. */
  readonly state: number | undefined;
  readonly fixAt: number | undefined;
  readonly battery: number | undefined;
  readonly grid: string | undefined;
  readonly enteredAt: number | undefined;
  /** Open cases that are given to it, the next deadline first. */
  readonly tasks: readonly CaseRow[];
  /** Since when it calls for help and nobody has answered. */
  readonly sosAt: number | undefined;
}

const states = ["live", "late", "stale", "gone"];

/** Percent below which a battery is low. */
export const lowBattery = 20;

/** What is known of a squad: who is in it by the API's word, where they are by the feed's, which is newer. */
export function rosterOf(squad: string, members: readonly Member[], units: Iterable<UnitRow>, cases: Iterable<CaseRow>): RosterRow[] {
  const tasks = tasksOf(cases);
  const live = new Map<string, UnitRow>();
  for (const unit of units) if (unit[7] === squad) live.set(unit[0], unit);
  const rows: RosterRow[] = [];
  for (const member of members) {
    rows.push(rowOf(member, live.get(member.id), tasks.get(`unit:${member.id}`) ?? []));
    live.delete(member.id);
  }
  for (const unit of live.values()) rows.push(rowOf(undefined, unit, tasks.get(`unit:${unit[0]}`) ?? []));
  return rows;
}

function rowOf(member: Member | undefined, unit: UnitRow | undefined, tasks: readonly CaseRow[]): RosterRow {
  const sosAt = unit ? unit[12] || undefined : member?.sos && !member.sos.answeredAt ? time(member.sos.at) : undefined;
  if (unit) {
    return {
      id: unit[0], callSign: unit[8], onDuty: true, since: time(member?.since), state: unit[4], fixAt: unit[5] || undefined,
      battery: unit[10] !== undefined && unit[10] >= 0 ? unit[10] : undefined, grid: placeOf(unit) && unit[6], enteredAt: placeOf(unit) && (unit[11] || undefined), tasks, sosAt,
    };
  }
  const { id, callSign, onDuty, since } = member!;
  const nowhere = { state: undefined, fixAt: undefined, battery: undefined, grid: undefined, enteredAt: undefined };
  if (!onDuty) return { id, callSign, onDuty, since: time(since), ...nowhere, tasks, sosAt };
  return {
    id, callSign, onDuty, since: time(since), state: member?.state === undefined ? undefined : states.indexOf(member.state), fixAt: time(member?.at),
    battery: member?.battery, grid: member?.grid, enteredAt: time(member?.enteredAt), tasks, sosAt,
  };
}

function tasksOf(cases: Iterable<CaseRow>): Map<string, CaseRow[]> {
  const found = new Map<string, CaseRow[]>();
  for (const row of cases) {
    const assignee = row[15];
    if (!assignee?.startsWith("unit:")) continue;
    const others = found.get(assignee);
    if (others) others.push(row);
    else found.set(assignee, [row]);
  }
  for (const rows of found.values()) rows.sort((a, b) => (a[8] || Infinity) - (b[8] || Infinity) || (a[0] < b[0] ? -1 : 1));
  return found;
}

function time(said: string | undefined): number | undefined {
  const ms = said === undefined ? NaN : Date.parse(said);
  return Number.isFinite(ms) ? ms : undefined;
}

/** How much a unit needs somebody: 0 a call for help, then silence, lateness, a low battery; 8 off duty. */
export function urgencyOf(row: RosterRow): number {
  if (row.sosAt !== undefined) return 0;
  if (!row.onDuty) return 8;
  if (row.state === undefined || row.state === 3) return 1;
  if (row.state === 2) return 2;
  if (row.state === 1) return 3;
  return row.battery !== undefined && row.battery < lowBattery ? 4 : 5;
}

export type RosterOrder = "urgency" | "call-sign" | "fix" | "battery" | "grid" | "tasks";

/** In the order of a column; what is not known comes last in both directions. */
export function sorted(rows: readonly RosterRow[], order: RosterOrder, descending: boolean, gridName: (code: string) => string, words: Intl.Collator): RosterRow[] {
  const sign = descending ? -1 : 1;
  const byCallSign = (a: RosterRow, b: RosterRow): number => words.compare(a.callSign, b.callSign) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const numbers = (of: (row: RosterRow) => number | undefined) => (a: RosterRow, b: RosterRow): number => {
    const [x, y] = [of(a), of(b)];
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
    return sign * (x - y);
  };
  const compare: Record<RosterOrder, (a: RosterRow, b: RosterRow) => number> = {
    "urgency": (a, b) => sign * (urgencyOf(a) - urgencyOf(b)),
    "call-sign": (a, b) => sign * byCallSign(a, b),
    "fix": numbers((row) => row.fixAt),
    "battery": numbers((row) => row.battery),
    "grid": (a, b) => a.grid === undefined || b.grid === undefined ? (a.grid === b.grid ? 0 : a.grid === undefined ? 1 : -1) : sign * words.compare(gridName(a.grid), gridName(b.grid)),
    "tasks": numbers((row) => row.tasks.length),
  };
  return [...rows].sort((a, b) => compare[order](a, b) || byCallSign(a, b));
}
