import { part, setData, setText } from "./dom";
import type { TextKey, Texts } from "./texts";

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

const everyMs = 60_000;
/** Who is refused asks seldom: another ticket may come, but not every minute. */
const refusedMs = 600_000;
/** Figures that nobody renewed for so long are not shown any more. */
const keptMs = 150_000;
const longestMs = 20_000;

/** The footer's rates: asked for once a minute. What is not known is a dash, never yesterday's number. */
export class KpiView {
  private figures: KpiFigures | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  private next = Number.NEGATIVE_INFINITY;
  private asking = false;
  private why: TextKey = "kpi.waiting";

  constructor(
    private readonly root: HTMLElement, private readonly texts: Texts, private readonly url: string,
    private readonly around: { readonly fetcher: typeof fetch; readonly random: () => number } = { fetcher: (input, init) => fetch(input, init), random: Math.random },
  ) {}

  /** Called on every tick of the page. @param now monotonic ms. @param ready there is a territory, so that there can be figures. */
  tick(now: number, ready: boolean): void {
    if (ready && !this.asking && now >= this.next) void this.ask(now);
    if (this.figures && now - this.readAt > keptMs) this.forget("kpi.failed");
    this.show();
  }

  private async ask(now: number): Promise<void> {
    this.asking = true;
    // A thousand walls that were switched on together do not ask together.
    this.next = now + everyMs * (0.85 + 0.3 * this.around.random());
    try {
      const answer = await this.around.fetcher(this.url, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(longestMs) });
      if (answer.status === 401 || answer.status === 403) {
        this.next = now + refusedMs;
        this.forget("kpi.refused");
      } else if (answer.ok) {
        this.figures = readKpi(await answer.json());
        this.readAt = now;
      } else {
        this.forget("kpi.failed");
      }
    } catch (error) {
      console.info("situational: the figures cannot be read", error);
      this.forget("kpi.failed");
    } finally {
      this.asking = false;
      this.show();
    }
  }

  private forget(why: TextKey): void {
    this.figures = undefined;
    this.why = why;
  }

  private show(): void {
    for (const [name, key] of shown) {
      const element = part(this.root, name);
      const rate = this.figures?.rates.get(key);
      const known = rate !== undefined && rate.denominator > 0;
      setText(element, known ? this.texts.percent(rate.numerator / rate.denominator) : "—");
      setData(element, "known", String(known));
      const title = this.titleOf(rate);
      if (element.title !== title) element.title = title;
    }
  }

  /** Both numbers, the days they are of, and when they were worked out; or why there is nothing. */
  private titleOf(rate: Rate | undefined): string {
    const { figures } = this;
    if (!figures || !rate) return this.texts.get(figures ? "kpi.failed" : this.why);
    return this.texts.get("kpi.title", {
      n: this.texts.number(rate.numerator), of: this.texts.number(rate.denominator),
      days: Math.max(1, Math.round((figures.to - figures.from) / 86_400_000)), time: this.texts.time(figures.asOf),
    });
  }
}
