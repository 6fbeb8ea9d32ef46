import type { Desk } from "../desk/shell";
import { make, part, setHidden, setText } from "../page/dom";
import { Polled } from "../page/polled";
import type { TrendChart } from "./chart";

const everyMs = 120_000;
const keptMs = 600_000;
const hourMs = 3_600_000;

/** What came and what was closed, by the hour, the running one last. */
export interface HourlyTrend {
  /** Begin of the first hour, ms. */
  readonly from: number;
  readonly reported: readonly number[];
  readonly closed: readonly number[];
}

export function readHours(value: unknown): HourlyTrend {
  const answer = value as { readonly from?: unknown; readonly reported?: unknown; readonly closed?: unknown } | null;
  const from = Date.parse(String(answer?.from));
  const counts = (list: unknown): readonly number[] => {
    if (!Array.isArray(list) || list.length === 0 || !list.every((count) => typeof count === "number" && count >= 0)) throw new Error("The trend has no counts.");
    return list as readonly number[];
  };
  if (!Number.isFinite(from)) throw new Error("The trend has no time.");
  return { from, reported: counts(answer?.reported), closed: counts(answer?.closed) };
}

/** The last 24 hours by the hour: a chart, and a table of the same for who cannot see it. */
export class Trend {
  private polled: Polled<HourlyTrend> | undefined;
  private area = "";
  private chart: TrendChart | undefined;
  private loading = false;
  private shown: HourlyTrend | undefined;

  constructor(private readonly desk: Desk) {
    desk.onTick("trend", (now) => this.tick(now));
  }

  use(area: string): void {
    if (area === this.area) return;
    this.area = area;
    this.polled = new Polled(`api/v1/trend?area=${encodeURIComponent(area)}`, readHours, everyMs, keptMs);
    this.show(undefined);
  }

  private tick(now: number): void {
    this.polled?.tick(now, !this.desk.isPast);
    const { isPast } = this.desk;
    const value = isPast ? undefined : this.polled?.value;
    // The answer is about the last day as of now.
    setText(part(this.desk.root, "trend-none"), this.desk.texts.get(isPast ? "area.past-unknown" : "area.trend-none"));
    if (value !== this.shown) this.show(value);
  }

  private show(value: HourlyTrend | undefined): void {
    const { root, texts } = this.desk;
    this.shown = value;
    const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
    setText(part(root, "trend-reported"), value ? texts.number(sum(value.reported)) : "—");
    setText(part(root, "trend-closed"), value ? texts.number(sum(value.closed)) : "—");
    setHidden(part(root, "trend-chart"), !value);
    setHidden(part(root, "trend-none"), value !== undefined);
    if (!value) return part(root, "trend-rows").replaceChildren();
    part(root, "trend-rows").replaceChildren(...value.reported.map((count, hour) => {
      const row = make("tr", "");
      row.append(make("th", "", texts.moment(value.from + hour * hourMs, this.desk.now() ?? value.from)));
      for (const number of [count, value.closed[hour] ?? 0]) {
        const cell = make("td", "", texts.number(number));
        cell.dataset["number"] = "";
        row.append(cell);
      }
      return row;
    }));
    if (this.chart) this.chart.show(value);
    else if (!this.loading) void this.load();
  }

  /** The chart's library is read when there is something to show: the page does not wait for it. */
  private async load(): Promise<void> {
    this.loading = true;
    try {
      const { TrendChart } = await import("./chart");
      this.chart = new TrendChart(part(this.desk.root, "trend-chart"), this.desk.texts);
      if (this.shown) this.chart.show(this.shown);
    } catch (error) {
      // The table has the same numbers.
      console.info("situational: the chart cannot be read", error);
    } finally {
      this.loading = false;
    }
  }
}
