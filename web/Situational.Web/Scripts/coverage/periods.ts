import type { Texts } from "../page/texts";
import type { Cadence } from "./answer";

/** What people call periods: short over a column, and in full for who listens. */
export class PeriodNames {
  private readonly days: Intl.DateTimeFormat;
  private readonly weekdays: Intl.DateTimeFormat;
  private readonly months: Intl.DateTimeFormat;

  constructor(private readonly texts: Texts) {
    // The days are the city's already: they are written as they came, whatever the screen's zone.
    this.days = new Intl.DateTimeFormat(texts.language, { month: "numeric", day: "numeric", timeZone: "UTC" });
    this.weekdays = new Intl.DateTimeFormat(texts.language, { weekday: "short", timeZone: "UTC" });
    this.months = new Intl.DateTimeFormat(texts.language, { year: "numeric", month: "short", timeZone: "UTC" });
  }

  /** @param first its first day, `YYYY-MM-DD`. */
  name(cadence: Cadence, first: string): string {
    const at = Date.parse(`${first}T00:00:00Z`);
    if (Number.isNaN(at)) return first;
    if (cadence === "daily") return `${this.days.format(at)} ${this.weekdays.format(at)}`;
    if (cadence === "monthly") return this.months.format(at);
    return this.texts.get("coverage.quarter", { year: first.slice(0, 4), n: Math.floor((Number(first.slice(5, 7)) - 1) / 3) + 1 });
  }

  /** The running period. */
  running(cadence: Cadence): string {
    return this.texts.get(cadence === "daily" ? "coverage.today" : cadence === "monthly" ? "coverage.this-month" : "coverage.this-quarter");
  }
}
