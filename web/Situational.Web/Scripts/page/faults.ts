/** What the page lets its faults reach; tests bring their own. */
export interface FaultSurroundings {
  /** Monotonic ms since the page was opened. */
  readonly now: () => number;
  /** Outlives a reload of the page, and no more; undefined where the browser keeps nothing. */
  readonly storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
  /** Whether the page could be had now: a wall that reloads into nothing stays dark. */
  readonly reachable: () => Promise<boolean>;
  readonly reload: () => void;
}

/** How long a fault is said after it happened, ms. */
const heldMs = 10_000;
/** Faults for so long, with less than a {@link quietMs} between them, are no passing ones. */
const repeatedMs = 10_000;
const quietMs = 60_000;
/** Least age of a page that is loaded anew; doubled with each time, up to the longest. */
const firstPauseMs = 60_000;
const longestPauseMs = 1_800_000;
const key = "situational-fault-reloads";

/**
 * Faults in showing the picture. One panel's fault does not reach the others, is said on the page, and when it comes
 * again and again the page is loaded anew, seldom enough to read what it says in between.
 */
export class Faults {
  private readonly failing = new Set<string>();
  private since = 0;
  private last = Number.NEGATIVE_INFINITY;
  private tryAt = 0;

  constructor(private readonly around: FaultSurroundings) {}

  /** Runs what shows one panel. Returns whether it did. */
  guard(panel: string, run: () => void): boolean {
    try {
      run();
    } catch (error) {
      this.failing.add(panel);
      this.note(`${panel} cannot be shown`, error);
      return false;
    }
    this.failing.delete(panel);
    return true;
  }

  /** Something failed that no panel answers for. */
  note(what: string, error: unknown): void {
    const now = this.around.now();
    if (now - this.last > quietMs) this.since = now;
    // A fault in every frame would fill the log; one in ten seconds says as much.
    if (now - this.last > heldMs || now === this.since) console.error(`situational: ${what}`, error);
    this.last = now;
  }

  /** Whether what is on the page may not be what the feed says. */
  get present(): boolean {
    return this.failing.size > 0 || this.around.now() - this.last < heldMs;
  }

  /** Listens to whatever nobody caught. */
  watch(page: EventTarget): void {
    page.addEventListener("error", (event) => {
      const { message, error } = event as ErrorEvent;
      // Browsers report as an error that a size changed twice in one frame; the next one shows it.
      if (!message?.startsWith("ResizeObserver loop")) this.note("an error nobody caught", error ?? message);
    });
    page.addEventListener("unhandledrejection", (event) => this.note("a rejection nobody caught", (event as PromiseRejectionEvent).reason));
  }

  /** Called on every tick of the page. */
  tick(): void {
    const now = this.around.now();
    const times = this.times();
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(times, 10));
    const repeats = this.present && this.last - this.since >= repeatedMs;
    if (!repeats) {
      // A page that stood well for the longest pause owes nothing to the ones before it.
      if (times > 0 && now - Math.max(0, this.last) > longestPauseMs) this.around.storage()?.removeItem(key);
      return;
    }
    if (now < Math.max(pause, this.tryAt)) return;
    this.tryAt = now + firstPauseMs;
    void this.again(times + 1);
  }

  private async again(times: number): Promise<void> {
    if (!await this.around.reachable().catch(() => false)) return;
    this.around.storage()?.setItem(key, String(times));
    this.around.reload();
  }

  private times(): number {
    const kept = Number(this.around.storage()?.getItem(key));
    return Number.isInteger(kept) && kept > 0 ? kept : 0;
  }
}
