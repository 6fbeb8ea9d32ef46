/** What a {@link Polled} lets itself reach; tests bring their own. */
export interface PollSurroundings {
  readonly fetcher: typeof fetch;
  /** 0 up to 1. */
  readonly random: () => number;
}

/** Why there is no value. `refused`: this screen's ticket does not include it. */
export type Absence = "waiting" | "failed" | "refused";

/** Who is refused asks seldom: another ticket may come, but not every minute. */
const refusedMs = 600_000;
/** An answer that takes longer has stalled. */
const longestMs = 20_000;

const browser: PollSurroundings = { fetcher: (input, init) => fetch(input, init), random: Math.random };

/** Something that the page asks the API for again and again. What is not known now is not known: no old value stands in for it. */
export class Polled<Value> {
  private current: Value | undefined;
  private why: Absence = "waiting";
  private readAt = Number.NEGATIVE_INFINITY;
  private next = Number.NEGATIVE_INFINITY;
  private asking = false;

  /** @param everyMs pause between two questions. @param keptMs age from which on a value that nobody renewed is not shown any more. */
  constructor(
    private readonly url: string, private readonly read: (answer: unknown) => Value, private readonly everyMs: number, private readonly keptMs: number,
    private readonly around: PollSurroundings = browser,
  ) {}

  get value(): Value | undefined {
    return this.current;
  }

  get absence(): Absence {
    return this.why;
  }

  /** Called on every tick of the page. @param now monotonic ms. @param ready whether there can be an answer. */
  tick(now: number, ready: boolean): void {
    if (ready && !this.asking && now >= this.next) void this.ask(now);
    if (this.current !== undefined && now - this.readAt > this.keptMs) this.forget("failed");
  }

  private async ask(now: number): Promise<void> {
    this.asking = true;
    // A thousand walls that were switched on together do not go on asking together.
    this.next = now + this.everyMs * (0.85 + 0.3 * this.around.random());
    try {
      const answer = await this.around.fetcher(this.url, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(longestMs) });
      if (answer.ok) {
        this.current = this.read(await answer.json());
        this.readAt = now;
      } else if (answer.status === 401 || answer.status === 403) {
        this.next = now + refusedMs;
        this.forget("refused");
      } else {
        this.forget("failed");
      }
    } catch (error) {
      console.info(`situational: ${this.url} cannot be read`, error);
      this.forget("failed");
    } finally {
      this.asking = false;
    }
  }

  private forget(why: Absence): void {
    this.current = undefined;
    this.why = why;
  }
}
