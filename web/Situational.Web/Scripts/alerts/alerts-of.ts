import { type Picture, placeOf } from "../feed";

/** Something that somebody has to see. It follows from the picture, so that whoever comes back sees what is, not what was. */
export interface Alert {
  /** As docs name them: `red:{case}`, `overdue:{case}:{level}:{dueAtMs}`, `sos:{unit}:{ms}`, `silent:{grid}:{heardAtMs}`. */
  readonly id: string;
  readonly kind: "sos" | "red" | "overdue" | "silent";
  /** The greater, the sooner it is to be looked at. */
  readonly weight: number;
  /** 1 red … 4 blue, 0 for what is no case. */
  readonly severity: number;
  /** 2 overdue, 3 overdue twice; 0 for others. */
  readonly level: number;
  /** When it began, ms; 0 when nobody knows. */
  readonly at: number;
  /** The case, unit or grid. */
  readonly subject: string;
  /** Empty when nobody knows where who calls for help is. */
  readonly grid: string;
  readonly category: string;
  readonly callSign: string;
}

/** A red case that somebody saw is listed for so long. One that nobody saw stays until somebody does. */
export const newForMs = 24 * 3_600_000;

/**
 * A grid that was never heard, or not since the server's start, has no time to tell one silence from the next: its id carries the beginning of
 * such a span of the server's time instead, so that every desk has the same and none is acknowledged for ever. From 1970 UTC they are the
 * shifts of China: 0, 8 and 16 o'clock.
 */
export const unheardSpanMs = 8 * 3_600_000;

/** What the picture holds for somebody to see, the weightiest first, then the newest. */
export function alertsOf(picture: Pick<Picture, "at" | "cases" | "units" | "grids">): readonly Alert[] {
  const found: Alert[] = [];
  for (const row of picture.units.values()) {
    const at = row[12] ?? 0;
    if (at > 0) found.push({ id: `sos:${row[0]}:${at}`, kind: "sos", weight: 1_000, severity: 0, level: 0, at, subject: row[0], grid: placeOf(row) ? row[6] : "", category: "", callSign: row[8] });
  }
  for (const row of picture.cases.values()) {
    const [subject, grid, category, severity, , , , reportedAt, dueAt, level] = row;
    const about = { subject, grid, category, severity, callSign: "" };
    if (severity === 1) found.push({ id: `red:${subject}`, kind: "red", weight: 500, level: 0, at: reportedAt, ...about });
    // Two levels of one clock are two alerts, one after the other.
    if (level >= 2) found.push({ id: `overdue:${subject}:${level}:${dueAt}`, kind: "overdue", weight: (level === 3 ? 300 : 200) + 10 * (4 - severity), level, at: dueAt, ...about });
  }
  const span = picture.at - picture.at % unheardSpanMs;
  for (const row of picture.grids.values())
    if (row[4] === 1) found.push({ id: `silent:${row[0]}:${row[5] || span}`, kind: "silent", weight: 100, severity: 0, level: 0, at: row[5], subject: row[0], grid: row[0], category: "", callSign: "" });
  return found.sort((a, b) => b.weight - a.weight || b.at - a.at || (a.id < b.id ? -1 : 1));
}
