/** Moments as the clock of a place shows them, for fields of type `datetime-local`. */

const minute = 60_000;

/** `2026-01-31T08:30` of a moment, in the zone; without one, in the screen's. */
export function localOf(ms: number, timeZone?: string): string {
  return new Date(ms + offsetOf(ms, timeZone)).toISOString().slice(0, 16);
}

/** The moment at which the zone's clocks show that, or undefined when it is none. In an hour that comes twice, the first. */
export function instantOf(local: string, timeZone?: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(local);
  if (!match) return undefined;
  const [year, month, day, hour, minutes] = match.slice(1).map(Number) as [number, number, number, number, number];
  const shown = Date.UTC(year, month - 1, day, hour, minutes);
  if (Number.isNaN(shown) || new Date(shown).getUTCDate() !== day) return undefined;
  // The offset a day before and after brackets a change of the clocks in between.
  const before = shown - offsetOf(shown - 86_400_000, timeZone);
  if (before + offsetOf(before, timeZone) === shown) return before;
  return shown - offsetOf(shown + 86_400_000, timeZone);
}

/** What the zone's clocks show more than UTC, ms. */
function offsetOf(ms: number, timeZone: string | undefined): number {
  if (!timeZone) return -new Date(ms).getTimezoneOffset() * minute;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(ms);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(ms / 1_000) * 1_000;
}
