import { part, setData, setText } from "../page/dom";
import { type Absence, Polled, type PollSurroundings } from "../page/polled";
import type { TextKey, Texts } from "../page/texts";

/** One rate of `GET /api/v1/kpi`; docs/kpi.md says what it counts. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

export interface KpiFigures {
  readonly rates: ReadonlyMap<string, Rate>;
  /** When the server worked them out, ms. */
  readonly asOf: number;
  readonly from: number;
  readonly to: number;
}

export function readKpi(value: unknown): KpiFigures {
  const answer = value as { readonly rates?: unknown; readonly asOf?: unknown; readonly from?: unknown; readonly to?: unknown } | null;
  if (typeof answer !== "object" || answer === null || !Array.isArray(answer.rates)) throw new Error("The figures have no rates.");
  const rates = new Map<string, Rate>();
  for (const rate of answer.rates as readonly { readonly key?: unknown; readonly numerator?: unknown; readonly denominator?: unknown }[])
    if (typeof rate?.key === "string" && typeof rate.numerator === "number" && typeof rate.denominator === "number")
      rates.set(rate.key, { numerator: rate.numerator, denominator: rate.denominator });
  const [asOf, from, to] = [answer.asOf, answer.from, answer.to].map((time) => Date.parse(String(time))) as [number, number, number];
  if (![asOf, from, to].every(Number.isFinite)) throw new Error("The figures have no time.");
  return { rates, asOf, from, to };
}

/** Rates of the footer: part of the page, and key in docs/kpi.md. */
const shown: readonly (readonly [name: string, key: string])[] = [["kpi-closing", "closing-rate"], ["kpi-spot", "on-the-spot-rate"]];

const absent: Readonly<Record<Absence, TextKey>> = { waiting: "kpi.waiting", failed: "kpi.failed", refused: "kpi.refused" };

const everyMs = 60_000;
const keptMs = 150_000;

/** The footer's rates: asked for once a minute. What is not known is a dash, never yesterday's number. */
export class KpiView {
  private readonly polled: Polled<KpiFigures>;

  constructor(private readonly root: HTMLElement, private readonly texts: Texts, url: string, around?: PollSurroundings) {
    this.polled = new Polled(url, readKpi, everyMs, keptMs, around);
  }

  /** Called on every tick of the page. @param now monotonic ms. @param ready there is a territory, so that there can be figures. */
  tick(now: number, ready: boolean): void {
    this.polled.tick(now, ready);
    const figures = this.polled.value;
    for (const [name, key] of shown) {
      const element = part(this.root, name);
      const rate = figures?.rates.get(key);
      const known = rate !== undefined && rate.denominator > 0;
      setText(element, known ? this.texts.percent(rate.numerator / rate.denominator) : "—");
      setData(element, "known", String(known));
      const title = this.titleOf(figures, rate);
      if (element.title !== title) element.title = title;
    }
  }

  /** Both numbers, the days they are of, and when they were worked out; or why there is nothing. */
  private titleOf(figures: KpiFigures | undefined, rate: Rate | undefined): string {
    if (!figures || !rate) return this.texts.get(figures ? "kpi.failed" : absent[this.polled.absence]);
    return this.texts.get("kpi.title", {
      n: this.texts.number(rate.numerator), of: this.texts.number(rate.denominator),
      days: Math.max(1, Math.round((figures.to - figures.from) / 86_400_000)), time: this.texts.time(figures.asOf),
    });
  }
}
