import { type Change, everything, type Frame, type Picture, reduce } from "../feed";
import { differ } from "./differ";
import { PastError, type PastSource } from "./source";

/** How much faster than the time the past can be played. */
export const speeds = [1, 10, 60, 600] as const;
export type Speed = (typeof speeds)[number];

/** `waiting`: it would play on, but what comes next is not here yet. */
export type Phase = "empty" | "loading" | "paused" | "playing" | "waiting" | "failed";

export interface PlayerListener {
  /** A frame was applied, in the order of time, none left out. */
  show(picture: Picture, change: Change): void;
  /** The phase changed; `fault` says why it failed. */
  phase(phase: Phase, fault?: PastError): void;
  /** It has arrived in the present. */
  arrived(): void;
}

export interface PlayerSurroundings {
  /** Monotonic ms. */
  readonly now: () => number;
  /** The server's time, ms; undefined while nobody knows. */
  readonly live: () => number | undefined;
  readonly area: () => string;
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Frames a second of the screen, and how many seconds of playing one window holds. */
const framesPerSecond = 5;
const windowSeconds = 12;
/** The shortest step of the past, ms. */
const shortestStep = 1_000;
/** The server refuses what lies in its future; so much nearer nobody asks. */
const marginMs = 1_000;
/** So near to the present the past has been played to its end. */
const arrivedMs = 2_500;
const mostTries = 5;

/** How far one frame is from the next at a speed, ms of the past. */
export function stepOf(speed: Speed): number {
  return Math.max(shortestStep, (speed * 1_000) / framesPerSecond);
}

/**
 * Plays the past: reads it in windows ahead of need and lets its frames pass at their time, each of them, in order. The page calls
 * {@link tick} often; nothing moves without it.
 */
export class Player {
  private picture: Picture | undefined;
  private queue: Frame[] = [];
  /** Up to when frames are here. */
  private readTo = 0;
  /** The moment that is shown, as of the monotonic `since`. */
  private moment = 0;
  private since = 0;
  private rate: Speed = 1;
  private running = false;
  private stepping = 0;
  private current: Phase = "empty";
  private abort = new AbortController();
  private reading = false;
  private tries = 0;
  private cancelRetry: () => void = () => {};

  constructor(private readonly source: PastSource, private readonly around: PlayerSurroundings, private readonly listener: PlayerListener) {}

  get phase(): Phase {
    return this.current;
  }

  get speed(): Speed {
    return this.rate;
  }

  /** Whether it plays, or would if what comes next were here. */
  get isPlaying(): boolean {
    return this.running;
  }

  /** The moment, ms: between two frames it goes on. */
  get at(): number {
    return this.current === "playing" ? this.momentAt(this.around.now()) : this.moment;
  }

  /** Shows a moment, and plays on from it if it played. */
  async seek(at: number): Promise<void> {
    const signal = this.begin();
    this.moment = at;
    this.picture = undefined;
    this.stepping = 0;
    this.enter("loading");
    try {
      const frame = await this.again(() => this.source.snapshot(this.around.area(), at, signal), signal);
      if (signal.aborted) return;
      const reduced = reduce(undefined, frame);
      if ("resync" in reduced) throw new PastError("away", reduced.resync);
      this.picture = reduced.picture;
      this.moment = this.readTo = frame.at;
      this.since = this.around.now();
      this.listener.show(reduced.picture, everything);
      this.enter(this.running ? "playing" : "paused");
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  play(): void {
    if (this.running || this.current === "empty") return;
    this.running = true;
    this.stepping = 0;
    this.since = this.around.now();
    if (this.current === "failed") void this.seek(this.moment);
    else if (this.current === "paused") this.enter("playing");
  }

  pause(): void {
    if (!this.running) return;
    this.moment = this.at;
    this.running = false;
    if (this.current === "playing" || this.current === "waiting") this.enter("paused");
  }

  setSpeed(speed: Speed): void {
    if (speed === this.rate) return;
    this.moment = this.at;
    this.since = this.around.now();
    this.rate = speed;
    // What is here already was cut for another pace.
    if (this.picture && this.current !== "loading") {
      this.begin();
      this.readTo = this.moment = this.picture.at;
      if (this.current === "waiting") this.enter("playing");
    }
  }

  /** The next frame, or the moment one step back. */
  step(direction: 1 | -1): void {
    this.pause();
    if (!this.picture || this.current !== "paused") return;
    if (direction < 0) {
      void this.seek(this.picture.at - stepOf(this.rate));
      return;
    }
    this.stepping++;
    this.pump();
  }

  /** Tries again what failed. */
  retry(): void {
    if (this.current === "failed") void this.seek(this.moment);
  }

  /** Forgets everything. */
  stop(): void {
    this.begin();
    this.running = false;
    this.stepping = 0;
    this.picture = undefined;
    this.enter("empty");
  }

  tick(): void {
    if (this.current === "playing" || this.current === "waiting") this.pump();
  }

  /** Lets pass what is due, and reads ahead. */
  private pump(): void {
    const { picture } = this;
    if (!picture) return;
    while (this.stepping > 0 && this.queue.length > 0) if (this.apply(this.queue.shift()!)) this.stepping--;
    if (this.stepping > 0) {
      if (this.isOver()) this.stepping = 0;
      else this.readOn();
      return;
    }
    if (!this.running) return;
    const now = this.around.now();
    const target = Math.min(this.momentAt(now), this.readTo);
    while (this.queue.length > 0 && this.queue[0]!.at <= target) {
      this.apply(this.queue.shift()!);
      // What it shows may have stopped it.
      if (!this.running || !this.picture) return;
    }
    if (this.momentAt(now) >= this.readTo) {
      // The past stands still until it is here, and does not catch up afterwards.
      this.moment = this.readTo;
      this.since = now;
      if (this.queue.length === 0 && this.isOver()) {
        this.pause();
        this.listener.arrived();
        return;
      }
      this.enter("waiting");
    } else {
      this.enter("playing");
    }
    if (this.readTo - this.momentAt(now) < (this.rate * windowSeconds * 1_000) / 2) this.readOn();
  }

  private isOver(): boolean {
    const live = this.around.live();
    return live !== undefined && live - this.readTo <= arrivedMs;
  }

  private readOn(): void {
    const live = this.around.live();
    if (this.reading || live === undefined || this.isOver()) return;
    const step = stepOf(this.rate);
    const from = this.readTo;
    const to = Math.min(from + Math.max(step, this.rate * windowSeconds * 1_000), live - marginMs);
    if (to <= from) return;
    void this.read(from, to, Math.min(600, Math.max(1, Math.round((to - from) / step))), this.abort.signal);
  }

  private async read(from: number, to: number, frames: number, signal: AbortSignal): Promise<void> {
    this.reading = true;
    try {
      for await (const frame of this.source.play(this.around.area(), from, to, frames, signal)) {
        if (signal.aborted) return;
        this.queue.push(frame);
        this.readTo = frame.at;
        this.tries = 0;
        if (this.stepping > 0) this.pump();
      }
      this.reading = false;
    } catch (error) {
      if (signal.aborted) return;
      const busy = error instanceof PastError && error.kind === "busy";
      // What is here already is still played; then there is no way on.
      if (this.queue.length === 0 && (!busy || this.tries >= mostTries)) {
        this.fail(error);
        return;
      }
      this.tries++;
      this.cancelRetry = this.around.after(error instanceof PastError ? error.retryMs : 2_000, () => { this.reading = false; });
    }
  }

  /** True for a frame that leads on; the first one of a window shows the moment at which the one before ended. */
  private apply(frame: Frame): boolean {
    const before = this.picture;
    const reduced = reduce(before, frame);
    if ("resync" in reduced) {
      this.fail(new PastError("away", reduced.resync));
      return true;
    }
    this.picture = reduced.picture;
    if (!this.running) this.moment = frame.at;
    const meets = frame.kind === "snapshot" && before !== undefined && before.territory === frame.territory;
    this.listener.show(reduced.picture, meets ? differ(before, reduced.picture) : reduced.change);
    return frame.kind !== "snapshot" || before === undefined || frame.at > before.at;
  }

  private async again<Value>(ask: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
    for (let tries = 0; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted || !(error instanceof PastError) || error.kind !== "busy" || tries >= mostTries) throw error;
        await new Promise<void>((done) => { this.cancelRetry = this.around.after(error.retryMs, done); });
        if (signal.aborted) throw error;
      }
    }
  }

  /** Ends what is being read, and begins anew. */
  private begin(): AbortSignal {
    this.abort.abort();
    this.cancelRetry();
    this.abort = new AbortController();
    this.queue = [];
    this.reading = false;
    this.tries = 0;
    return this.abort.signal;
  }

  private fail(error: unknown): void {
    const fault = error instanceof PastError ? error : new PastError("away", error instanceof Error ? error.message : String(error));
    this.begin();
    this.running = false;
    this.stepping = 0;
    this.enter("failed", fault);
  }

  private enter(phase: Phase, fault?: PastError): void {
    if (phase === this.current && phase !== "failed") return;
    this.current = phase;
    this.listener.phase(phase, fault);
  }

  private momentAt(now: number): number {
    return this.running ? this.moment + (now - this.since) * this.rate : this.moment;
  }
}
