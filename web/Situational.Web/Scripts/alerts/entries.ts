import type { Alert } from "./alerts-of";
import type { AlertBook } from "./book";

/** More silent grids of one area than this are one line of the list. */
export const mostSingle = 5;

/** A line of the list: one alert, or the silent grids of one area. */
export interface Entry {
  /** The alert's id; `silent-area:{code}` for an area. */
  readonly key: string;
  /** The area of silent grids; empty for one alert. */
  readonly area: string;
  /** What can still be acknowledged, or a call for help. Of an area only those that nobody saw. */
  readonly alerts: readonly [Alert, ...Alert[]];
  /** How many of the area's grids are silent, seen or not; 1 for one alert. */
  readonly total: number;
  /** Whether something of it counts as unread. */
  readonly unread: boolean;
}

export interface Entries {
  /** The weightiest first. */
  readonly open: readonly Entry[];
  /** Keys of all areas that are one line, also of those where everything was seen. */
  readonly areas: ReadonlySet<string>;
}

/** @param parentOf the area above one; undefined for the city, and while there is no territory */
export function entriesOf(book: Pick<AlertBook, "all" | "isSeen" | "isUnread">, parentOf: (code: string) => string | undefined): Entries {
  const open: Entry[] = [];
  const silent: Alert[] = [];
  const single = (alert: Alert): void => {
    if (alert.kind === "sos" || !book.isSeen(alert.id)) open.push({ key: alert.id, area: "", alerts: [alert], total: 1, unread: book.isUnread(alert) });
  };
  for (const alert of book.all) {
    if (alert.kind === "silent") silent.push(alert);
    else single(alert);
  }
  // Silence weighs least: what is gathered stands behind everything else, as its grids would.
  const areas = new Set<string>();
  for (const { area, alerts } of gather(silent, parentOf)) {
    if (area === "") {
      alerts.forEach(single);
      continue;
    }
    const key = `silent-area:${area}`;
    areas.add(key);
    const [first, ...rest] = alerts.filter((alert) => !book.isSeen(alert.id));
    if (first) open.push({ key, area, alerts: [first, ...rest], total: alerts.length, unread: [first, ...rest].some((alert) => book.isUnread(alert)) });
  }
  return { open, areas };
}

/** What is said and sounds: an area once when it becomes one line, not with every further grid of it. */
export function newsOf(entries: Entries, fresh: readonly Alert[], areasBefore: ReadonlySet<string>): readonly Entry[] {
  if (fresh.length === 0) return [];
  const ids = new Set(fresh.map((alert) => alert.id));
  return entries.open.filter((entry) => !areasBefore.has(entry.key) && entry.alerts.some((alert) => ids.has(alert.id)));
}

interface Gathered {
  readonly area: string;
  readonly alerts: readonly Alert[];
}

/**
 * From the bottom up: where more than a few lines would stand for one area, one line stands for the area. The city itself is no such
 * area, unless its grids lie in it directly: one line for everything would say nothing.
 */
function gather(silent: readonly Alert[], parentOf: (code: string) => string | undefined): readonly Gathered[] {
  const below = new Map<string, Set<string>>();
  const grids = new Map<string, Alert>();
  const tops = new Set<string>();
  for (const alert of silent) {
    grids.set(alert.subject, alert);
    let code = alert.subject;
    for (let parent = parentOf(code); parent !== undefined; code = parent, parent = parentOf(code)) {
      const children = below.get(parent);
      if (children) children.add(code);
      else below.set(parent, new Set([code]));
    }
    tops.add(code);
  }
  const of = (code: string): readonly Gathered[] => {
    const own = grids.get(code);
    if (own) return [{ area: "", alerts: [own] }];
    const children = [...below.get(code) ?? []];
    const lines = children.flatMap(of);
    const isArea = parentOf(code) !== undefined || children.every((child) => grids.has(child));
    return isArea && lines.length > mostSingle ? [{ area: code, alerts: lines.flatMap((line) => line.alerts) }] : lines;
  };
  return [...tops].flatMap(of);
}

/** A line as it is shown. */
export interface Line {
  readonly entry: Entry;
  /** It is over, or everybody needs to see it no more; it stands until the pointer leaves. */
  readonly over: boolean;
}

/** The list while somebody points at it or writes in it: nothing moves, what is new comes at the end, what is over stays as such. */
export function held(before: readonly Line[], now: readonly Entry[]): readonly Line[] {
  const left = new Map(now.map((entry) => [entry.key, entry]));
  const lines: Line[] = before.map(({ entry }) => {
    const still = left.get(entry.key);
    left.delete(entry.key);
    return { entry: still ?? entry, over: still === undefined };
  });
  for (const entry of left.values()) lines.push({ entry, over: false });
  return lines;
}
