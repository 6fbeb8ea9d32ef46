import { BarChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Texts } from "../page/texts";
import type { HourlyTrend } from "./trend";

// The parts that bars on two axes need, and no more: the whole of a page's script has a limit.
use([BarChart, GridSimpleComponent, CanvasRenderer]);

const hourMs = 3_600_000;

/** Bars of what came and what was closed, hour by hour, on one scale: that more comes than is closed must be seen. */
export class TrendChart {
  private readonly chart: ECharts;
  private shown: HourlyTrend | undefined;

  constructor(private readonly element: HTMLElement, private readonly texts: Texts) {
    this.chart = init(element, undefined, { renderer: "canvas" });
    new ResizeObserver(() => this.chart.resize()).observe(element);
    element.addEventListener("mousemove", (event) => this.point(event.offsetX));
  }

  /** Says the numbers of the hour under the pointer. */
  private point(x: number): void {
    const { shown, texts } = this;
    const hour = shown ? Number(this.chart.convertFromPixel({ xAxisIndex: 0 }, x)) : NaN;
    const words = shown?.reported[hour] === undefined ? "" : `${texts.moment(shown.from + hour * hourMs, shown.from + hour * hourMs)} `
      + `${texts.get("trend.reported")} ${texts.number(shown.reported[hour])} · ${texts.get("trend.closed")} ${texts.number(shown.closed[hour] ?? 0)}`;
    if (this.element.title !== words) this.element.title = words;
  }

  show(trend: HourlyTrend): void {
    this.shown = trend;
    const { from, reported, closed } = trend;
    const { texts } = this;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const hours = reported.map((_, hour) => texts.moment(from + hour * hourMs, from + hour * hourMs));
    const all = (counts: readonly number[]): string => texts.number(counts.reduce((sum, count) => sum + count, 0));
    const series = (name: string, data: readonly number[], fill: object) => ({ type: "bar" as const, name, data: [...data], barGap: "10%", barCategoryGap: "25%", itemStyle: fill });
    this.element.setAttribute("aria-label", texts.get("area.trend-described", { n: all(reported), m: all(closed) }));
    this.chart.setOption({
      animation: false,
      grid: { left: 30, right: 4, top: 8, bottom: 20 },
      xAxis: { type: "category", data: hours, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--panel-edge") } }, axisLabel: { color: colour("--muted"), fontSize: 11, interval: 5, hideOverlap: true } },
      yAxis: { type: "value", minInterval: 1, splitNumber: 2, splitLine: { lineStyle: { color: colour("--panel-edge") } }, axisLabel: { color: colour("--muted"), fontSize: 11 } },
      // The second is outlined and light: told from the first without its colour.
      series: [
        series(texts.get("trend.reported"), reported, { color: colour("--accent") }),
        series(texts.get("trend.closed"), closed, { color: colour("--live-ground"), borderColor: colour("--live-text"), borderWidth: 1 }),
      ],
    });
  }
}
