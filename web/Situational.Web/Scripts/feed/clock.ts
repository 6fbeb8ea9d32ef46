/**
 * The server's time, told from the frames. The screen's own clock may be wrong by hours and may be set while the wall runs,
 * so only the monotonic clock is read: the smallest difference between a frame's arrival on it and the frame's `at`
 * is the offset plus the quickest way here. The minimum is taken over the last two windows, so that drift, and a server
 * clock that was set back, are followed within that time.
 */
export class ServerClock {
  private current = Number.POSITIVE_INFINITY;
  private before = Number.POSITIVE_INFINITY;
  private windowEnd = Number.NEGATIVE_INFINITY;

  /** @param windowMs length of one window in ms. */
  constructor(private readonly windowMs = 60_000) {}

  /** A frame cut at `at` (server, ms) arrived at `now` (monotonic, ms). */
  heard(at: number, now: number): void {
    if (now >= this.windowEnd) {
      // After a silence of a whole window the older minimum says nothing any more.
      this.before = now >= this.windowEnd + this.windowMs ? Number.POSITIVE_INFINITY : this.current;
      this.current = Number.POSITIVE_INFINITY;
      this.windowEnd = now + this.windowMs;
    }
    this.current = Math.min(this.current, now - at);
  }

  /** Server time in ms at monotonic `now`, or undefined before the first frame. */
  at(now: number): number | undefined {
    const offset = Math.min(this.current, this.before);
    return Number.isFinite(offset) ? now - offset : undefined;
  }

  /** How old what was cut at `at` is, ms, never negative. */
  ageOf(at: number, now: number): number {
    const server = this.at(now);
    return server === undefined ? Number.POSITIVE_INFINITY : Math.max(0, server - at);
  }
}
