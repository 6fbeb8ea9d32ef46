import type { Totals } from "../feed";
import { part, setData, setText } from "./dom";
import type { Texts } from "./texts";

const minute = 60_000;

/** Open cases at the end of each of the last minutes that this wall has seen. Bounded: an hour. */
export class OpenTrend {
  private readonly points: { minute: number; open: number }[] = [];

  constructor(private readonly minutes = 60) {}

  /** @param now server time in ms */
  record(now: number, totals: Pick<Totals, "red" | "orange" | "yellow" | "blue">): void {
    const at = Math.floor(now / minute);
    const open = totals.red + totals.orange + totals.yellow + totals.blue;
    const last = this.points.at(-1);
    // A server clock set back by more than a minute starts the trend over.
    if (last && at < last.minute - 1) this.points.length = 0;
    if (last && at <= last.minute && this.points.length > 0) last.open = open;
    else this.points.push({ minute: at, open });
    while (this.points.length > 0 && (this.points[0]?.minute ?? at) <= at - this.minutes) this.points.shift();
  }

  get now(): number | undefined {
    return this.points.at(-1)?.open;
  }

  /** Minutes between the first and the last point. */
  get span(): number {
    return (this.points.at(-1)?.minute ?? 0) - (this.points[0]?.minute ?? 0);
  }

  /** By how much the number changed in the last `minutes`; undefined as long as it was not seen that long. */
  change(minutes: number): number | undefined {
    const last = this.points.at(-1);
    if (!last || this.span < minutes) return undefined;
    const before = this.points.findLast((point) => point.minute <= last.minute - minutes);
    return before && last.open - before.open;
  }

  /** The course as SVG paths in a box of the given size, newest at the right edge; empty with less than two points. */
  paths(width: number, height: number): { readonly line: string; readonly area: string } {
    const last = this.points.at(-1);
    if (!last || this.points.length < 2) return { line: "", area: "" };
    const top = Math.max(...this.points.map((point) => point.open), 4) * 1.15;
    const span = Math.max(this.span, 1);
    const spots = this.points.map((point) =>
      `${(width * (1 - (last.minute - point.minute) / span)).toFixed(1)} ${(height * (1 - point.open / top)).toFixed(1)}`);
    const line = `M${spots.join("L")}`;
    return { line, area: `${line}L${width} ${height}L0 ${height}Z` };
  }
}

/** Is it getting worse? The course of the open cases, and its change. */
export class TrendView {
  readonly trend = new OpenTrend();

  constructor(private readonly root: HTMLElement, private readonly texts: Texts) {}

  /** @param now server time in ms */
  show(now: number, totals: Totals): void {
    this.trend.record(now, totals);
    const { line, area } = this.trend.paths(300, 80);
    this.path("trend-line", line);
    this.path("trend-area", area);
    setText(part(this.root, "trend-now"), this.texts.number(this.trend.now ?? 0));
    setText(part(this.root, "trend-span"), this.trend.span > 0 ? this.texts.get("trend.span", { n: this.trend.span }) : "");
    const change = this.trend.change(15);
    const words = part(this.root, "trend-change");
    setData(words, "worse", String((change ?? 0) > 0));
    const arrow = change === undefined ? "" : change > 0 ? "▲ " : change < 0 ? "▼ " : "";
    setText(words, change === undefined ? this.texts.get("trend.short") : arrow + this.texts.get("trend.change", { n: this.texts.change(change) }));
  }

  private path(name: string, d: string): void {
    const element = part(this.root, name);
    if (element.getAttribute("d") !== d) element.setAttribute("d", d);
  }
}
