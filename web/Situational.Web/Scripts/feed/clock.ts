/** Frames that come later than the quickest by this much, ms, for so many frames and so long, each as late as the one before it within a bound. */
const lateMs = 5_000;
const lateFrames = 4;
const lateForMs = 3_000;
const alikeMs = 500;

/**
 * The server's time, told from the frames. The screen's own clock may be wrong by hours and may be set while the wall runs,
 * so only the monotonic clock is read: the smallest difference between a frame's arrival on it and the frame's `at`
 * is the offset plus the quickest way here. The minimum is taken over the last two windows, so that drift, and a server
 * clock that was set back by little, are followed within that time. One that was set back by much is followed after a few
 * frames: they all come late by the same, and as far from each other as the server cut them.
 */
export class ServerClock {
  private current = Number.POSITIVE_INFINITY;
  private before = Number.POSITIVE_INFINITY;
  /** The run of frames that are late alike: their number, when the first came, and the last one's way. */
  private late = { frames: 0, since: 0, offset: 0 };
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
    if (this.setBack(now - at, now)) {
      this.current = now - at;
      this.before = Number.POSITIVE_INFINITY;
      this.windowEnd = now + this.windowMs;
      this.late.frames = 0;
    }
  }

  /** Whether the frames of late say that the server's clock was set back. A stalled network lets go of its frames in a burst instead. */
  private setBack(offset: number, now: number): boolean {
    const { late } = this;
    if (offset - Math.min(this.current, this.before) < lateMs) {
      late.frames = 0;
      return false;
    }
    const goesOn = late.frames > 0 && Math.abs(offset - late.offset) <= alikeMs;
    if (!goesOn) [late.frames, late.since] = [0, now];
    late.frames++;
    late.offset = offset;
    return late.frames >= lateFrames && now - late.since >= lateForMs;
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
