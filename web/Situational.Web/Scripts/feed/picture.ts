import { format, mix } from "./digest";
import type { CaseRow, Delta, EventRow, Frame, GridRow, Snapshot, Totals, Trouble, UnitRow } from "./frame";

/** Events kept, newest first. What a screen shows is bounded, so what it keeps is too. */
export const eventLimit = 60;

/** The watched area as the last frame left it. */
export interface Picture {
  readonly epoch: string;
  readonly revision: number;
  /** When the server cut the last frame, ms. */
  readonly at: number;
  /** The screen's own digest, equal to the frame's. */
  readonly digest: string;
  readonly territory: number;
  readonly grids: ReadonlyMap<string, GridRow>;
  readonly units: ReadonlyMap<string, UnitRow>;
  readonly cases: ReadonlyMap<string, CaseRow>;
  readonly events: readonly SeenEvent[];
  readonly totals: Totals;
  readonly trouble: readonly Trouble[];
}

/** An event with the category of its case, which is not on the feed any more once the case is closed. */
export interface SeenEvent {
  readonly row: EventRow;
  readonly category: string | undefined;
}

/** What a frame changed, for views that do not want to draw everything anew. */
export interface Change {
  /** Everything is new; the lists below are empty. */
  readonly whole: boolean;
  readonly grids: readonly GridRow[];
  readonly units: readonly UnitRow[];
  readonly gone: readonly string[];
  readonly cases: readonly CaseRow[];
  readonly closed: readonly string[];
  readonly events: readonly EventRow[];
}

export type ResyncReason = "no-picture" | "epoch" | "gap" | "digest";

export type Reduced =
  | { readonly picture: Picture; readonly change: Change }
  | { readonly resync: ResyncReason };

const nothing: Change = { whole: false, grids: [], units: [], gone: [], cases: [], closed: [], events: [] };
/** What a picture that shows everything anew says: anything may be other than before. */
export const everything: Change = { ...nothing, whole: true };

/**
 * The picture after a frame, or why the screen must watch anew. No I/O, no clock.
 * The picture handed in is used up: its maps live on in the new one, because copying 20,000 rows ten times a second
 * is what makes a wall stutter. After a resync neither may be used.
 */
export function reduce(picture: Picture | undefined, frame: Frame): Reduced {
  if (frame.kind === "snapshot") return fromSnapshot(frame);
  if (!picture) return { resync: "no-picture" };
  if (frame.epoch !== picture.epoch) return { resync: "epoch" };
  if (frame.kind === "beat") {
    if (frame.revision !== picture.revision) return { resync: "gap" };
    if (frame.digest !== picture.digest) return { resync: "digest" };
    const { at, territory, totals, trouble } = frame;
    return { picture: { ...picture, at, territory, totals, trouble }, change: nothing };
  }
  if (frame.previous !== picture.revision) return { resync: "gap" };
  return withDelta(picture, frame);
}

function fromSnapshot(frame: Snapshot): Reduced {
  let sum = 0;
  const grids = new Map<string, GridRow>();
  for (const row of frame.grids) {
    grids.set(row[0], row);
    sum = (sum + mix(row[0], row[1])) >>> 0;
  }
  if (format(sum) !== frame.digest) return { resync: "digest" };
  const cases = new Map(frame.cases.map((row) => [row[0], row]));
  const picture: Picture = {
    epoch: frame.epoch,
    revision: frame.revision,
    at: frame.at,
    digest: frame.digest,
    territory: frame.territory,
    grids,
    units: new Map(frame.units.map((row) => [row[0], row])),
    cases,
    events: newestFirst(frame.events, cases).slice(0, eventLimit),
    totals: frame.totals,
    trouble: frame.trouble,
  };
  return { picture, change: everything };
}

function withDelta(picture: Picture, frame: Delta): Reduced {
  const grids = picture.grids as Map<string, GridRow>;
  const units = picture.units as Map<string, UnitRow>;
  const cases = picture.cases as Map<string, CaseRow>;

  let sum = parseInt(picture.digest, 16);
  for (const row of frame.grids) {
    const before = grids.get(row[0]);
    if (before) sum = (sum - mix(before[0], before[1])) >>> 0;
    sum = (sum + mix(row[0], row[1])) >>> 0;
    grids.set(row[0], row);
  }
  if (format(sum) !== frame.digest) return { resync: "digest" };

  for (const row of frame.units) units.set(row[0], row);
  for (const id of frame.gone) units.delete(id);
  for (const row of frame.cases) cases.set(row[0], row);
  const events = frame.events.length === 0
    ? picture.events
    : merged(newestFirst(frame.events, cases), picture.events).slice(0, eventLimit);
  for (const id of frame.closed) cases.delete(id);

  return {
    picture: {
      epoch: frame.epoch,
      revision: frame.revision,
      at: frame.at,
      digest: frame.digest,
      territory: frame.territory,
      grids,
      units,
      cases,
      events,
      totals: frame.totals,
      trouble: frame.trouble,
    },
    change: {
      whole: false, grids: frame.grids, units: frame.units, gone: frame.gone, cases: frame.cases, closed: frame.closed, events: frame.events,
    },
  };
}

function newestFirst(rows: readonly EventRow[], cases: ReadonlyMap<string, CaseRow>): readonly SeenEvent[] {
  return rows
    .map((row) => ({ row, category: cases.get(row[2])?.[2] }))
    .sort((a, b) => b.row[0] - a.row[0]);
}

/** Both lists as one, newest first: what a grid says late has its place further down. */
function merged(news: readonly SeenEvent[], before: readonly SeenEvent[]): readonly SeenEvent[] {
  const all = [...news, ...before];
  const [latest, oldest] = [before[0]?.row[0], news.at(-1)?.row[0]];
  return latest !== undefined && oldest !== undefined && oldest < latest ? all.sort((a, b) => b.row[0] - a.row[0]) : all;
}
