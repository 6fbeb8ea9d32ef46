import type { Totals } from "../feed";
import { part, setData, setHidden, setText } from "../page/dom";
import { Polled, type PollSurroundings } from "../page/polled";
import type { Texts } from "../page/texts";

const minute = 60_000;

/** Open cases at the end of each step that this wall has seen. Bounded: an hour of steps. */
export class OpenTrend {
  private readonly points: { step: number; open: number }[] = [];

  /** @param stepMs length of a step in ms. @param steps most steps kept. */
  constructor(private readonly stepMs = 10_000, private readonly steps = 361) {}

  /** @param now server time in ms */
  record(now: number, totals: Pick<Totals, "red" | "orange" | "yellow" | "blue">): void {
    const at = Math.floor(now / this.stepMs);
    const open = totals.red + totals.orange + totals.yellow + totals.blue;
    const last = this.points.at(-1);
    // A server clock set back by more than a minute starts the trend over.
    if (last && at < last.step - minute / this.stepMs) this.points.length = 0;
    if (last && at <= last.step && this.points.length > 0) last.open = open;
    else this.points.push({ step: at, open });
    while (this.points.length > 0 && (this.points[0]?.step ?? at) <= at - this.steps) this.points.shift();
  }

  get now(): number | undefined {
    return this.points.at(-1)?.open;
  }

  /** Whole minutes between the first and the last point. */
  get minutes(): number {
    return Math.floor((this.span * this.stepMs) / minute);
  }

  /** By how much the number changed in the last `minutes`, or in as many as were seen; undefined below one minute. */
  change(minutes: number): { readonly by: number; readonly minutes: number } | undefined {
    const last = this.points.at(-1);
    const seen = Math.min(minutes, this.minutes);
    if (!last || seen < 1) return undefined;
    const before = this.points.findLast((point) => point.step <= last.step - (seen * minute) / this.stepMs);
    return before && { by: last.open - before.open, minutes: seen };
  }

  /** The course as SVG paths in a box of the given size, newest at the right edge; empty with less than two points. */
  paths(width: number, height: number): { readonly line: string; readonly area: string } {
    const last = this.points.at(-1);
    if (!last || this.points.length < 2) return { line: "", area: "" };
    const top = Math.max(...this.points.map((point) => point.open), 4) * 1.15;
    const spots = this.points.map((point) =>
      `${(width * (1 - (last.step - point.step) / this.span)).toFixed(1)} ${(height * (1 - point.open / top)).toFixed(1)}`);
    const line = `M${spots.join("L")}`;
    return { line, area: `${line}L${width} ${height}L0 ${height}Z` };
  }

  private get span(): number {
    return (this.points.at(-1)?.step ?? 0) - (this.points[0]?.step ?? 0);
  }
}

/** What came and what was closed, by the hour, the running one last. */
export interface HourlyTrend {
  readonly reported: readonly number[];
  readonly closed: readonly number[];
}

export function readHours(value: unknown): HourlyTrend {
  const answer = value as { readonly reported?: unknown; readonly closed?: unknown } | null;
  const counts = (list: unknown): readonly number[] => {
    if (!Array.isArray(list) || list.length === 0 || !list.every((count) => typeof count === "number" && count >= 0)) throw new Error("The trend has no counts.");
    return list as readonly number[];
  };
  return { reported: counts(answer?.reported), closed: counts(answer?.closed) };
}

/** One bar an hour as an SVG path in a box of the given size; an hour without anything keeps a line on the ground. */
export function bars(counts: readonly number[], most: number, width: number, height: number): string {
  const step = width / counts.length;
  return counts.map((count, hour) => {
    const high = Math.max(1, (height * count) / Math.max(1, most));
    return `M${(hour * step + step * 0.12).toFixed(1)} ${height}v${(-high).toFixed(1)}h${(step * 0.76).toFixed(1)}v${high.toFixed(1)}Z`;
  }).join("");
}

const everyMs = 120_000;
const keptMs = 600_000;

/** Is it getting worse? The last day by the hour, or while that is not to be had the course of the open cases that this wall saw; and its change. */
export class TrendView {
  readonly trend = new OpenTrend();
  private readonly hours: Polled<HourlyTrend>;

  constructor(private readonly root: HTMLElement, private readonly texts: Texts, url: string, around?: PollSurroundings) {
    this.hours = new Polled(url, readHours, everyMs, keptMs, around);
  }

  /** Called on every tick of the page. @param now monotonic ms. @param ready there is a territory, so that there can be a trend. */
  tick(now: number, ready: boolean): void {
    this.hours.tick(now, ready);
  }

  /** @param now server time in ms */
  show(now: number, totals: Totals): void {
    this.trend.record(now, totals);
    const hours = this.hours.value;
    setHidden(part(this.root, "hours"), !hours);
    setHidden(part(this.root, "trend"), hours !== undefined);
    if (hours) this.showHours(hours);
    const { line, area } = this.trend.paths(300, 80);
    this.path("trend-line", line);
    this.path("trend-area", area);
    setText(part(this.root, "trend-now"), this.texts.number(this.trend.now ?? 0));
    const span = this.trend.minutes > 0 ? this.texts.get("trend.span", { n: this.trend.minutes }) : "";
    setText(part(this.root, "trend-span"), hours ? this.texts.get("trend.day") : span);
    const change = this.trend.change(15);
    const words = part(this.root, "trend-change");
    setData(words, "worse", String((change?.by ?? 0) > 0));
    const arrow = !change || change.by === 0 ? "" : change.by > 0 ? "▲ " : "▼ ";
    setText(words, change ? arrow + this.texts.get("trend.change", { m: change.minutes, n: this.texts.change(change.by) }) : this.texts.get("trend.short"));
  }

  private showHours({ reported, closed }: HourlyTrend): void {
    // One scale for both: that more comes than is closed must be seen.
    const most = Math.max(...reported, ...closed, 4);
    for (const [name, counts] of [["reported", reported], ["closed", closed]] as const) {
      this.path(`hours-${name}`, bars(counts, most, 240, 40));
      setText(part(this.root, `hours-${name}-sum`), this.texts.number(counts.reduce((sum, count) => sum + count, 0)));
    }
  }

  private path(name: string, d: string): void {
    const element = part(this.root, name);
    if (element.getAttribute("d") !== d) element.setAttribute("d", d);
  }
}
