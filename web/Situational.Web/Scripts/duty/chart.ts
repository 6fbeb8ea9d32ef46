import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Texts } from "../page/texts";
import type { HourlyTrend } from "./trend";

use([BarChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

const hourMs = 3_600_000;

/** Bars of what came and what was closed, hour by hour, on one scale: that more comes than is closed must be seen. */
export class TrendChart {
  private readonly chart: ECharts;

  constructor(element: HTMLElement, private readonly texts: Texts) {
    this.chart = init(element, undefined, { renderer: "canvas" });
    new ResizeObserver(() => this.chart.resize()).observe(element);
  }

  show({ from, reported, closed }: HourlyTrend): void {
    const { texts } = this;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const hours = reported.map((_, hour) => texts.moment(from + hour * hourMs, from + hour * hourMs));
    const all = (counts: readonly number[]): string => texts.number(counts.reduce((sum, count) => sum + count, 0));
    const series = (name: string, data: readonly number[], fill: object) => ({ type: "bar" as const, name, data: [...data], barGap: "10%", barCategoryGap: "25%", itemStyle: fill });
    this.chart.setOption({
      animation: false,
      aria: { enabled: true, label: { description: texts.get("area.trend-described", { n: all(reported), m: all(closed) }) } },
      // Drawn on the canvas: the page's policy allows no markup with styles of its own.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, textStyle: { fontSize: 12 } },
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
