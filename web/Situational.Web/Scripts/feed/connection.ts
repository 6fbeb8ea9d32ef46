import { ServerClock } from "./clock";
import { type Frame, parseFrame } from "./frame";
import { type Change, type Picture, reduce } from "./picture";

/** What a screen asks of the hub method `Watch`. */
export interface WatchRequest {
  readonly area: string;
  readonly since?: { readonly epoch: string; readonly revision: number };
  readonly units: "all" | "none";
}

/** One attempt at the feed: a socket and the stream on it. */
export interface Attempt {
  /** Cuts it. No callback comes afterwards. */
  drop(): void;
}

/** Why an attempt ended. `refused`: the server does not accept the ticket. */
export interface Ended {
  readonly refused: boolean;
  /** The code by which the server refuses the watch, such as `unknown-area`. */
  readonly code?: string | undefined;
  readonly detail: string;
}

/** Opens the socket and starts the stream. Calls back for every item, and once when it is over. */
export type Open = (request: WatchRequest, item: (value: unknown) => void, ended: (why: Ended) => void) => Attempt;

/** What the connection reads from its surroundings; tests bring their own. */
export interface Surroundings {
  /** Monotonic ms. */
  readonly now: () => number;
  /** 0 up to 1. */
  readonly random: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
}

export type Link = "connecting" | "watching" | "waiting" | "refused";

export interface FeedListener {
  /** A frame was applied. */
  readonly picture: (picture: Picture, change: Change) => void;
  /** The state of the link changed. */
  readonly link: (link: Link) => void;
}

/** First and longest pause before another attempt, ms. Each pause is drawn between half of it and the whole. */
const firstPause = 250;
const longestPause = 4_000;
/** How long the first frame may take: a city's snapshot is a megabyte, and the way to a wall may be slow. */
const firstFrameMs = 15_000;
/** A ticket can be renewed in another window of the same screen, so even a refused wall asks again. */
const refusedPause = 15_000;

/**
 * Keeps a picture in step with the server, for ever. It watches again after every end, mismatch and silence, with jitter,
 * so that a thousand walls do not come back in the same instant.
 */
export class Feed {
  readonly clock = new ServerClock();
  private current: Picture | undefined;
  private attempt: Attempt | undefined;
  private generation = 0;
  private failures = 0;
  private lastHeard: number;
  private refusal: string | undefined;
  private state: Link = "waiting";
  private cancelSilence: () => void = () => {};
  private cancelPause: () => void = () => {};

  constructor(
    readonly area: string,
    private readonly silenceMs: number,
    private readonly open: Open,
    private readonly listener: FeedListener,
    private readonly around: Surroundings,
  ) {
    this.lastHeard = around.now();
  }

  get picture(): Picture | undefined {
    return this.current;
  }

  get link(): Link {
    return this.state;
  }

  /** The code by which the server refused the last watch; undefined since a frame came. */
  get fault(): string | undefined {
    return this.refusal;
  }

  /** Monotonic ms of the last frame, or of the start. */
  get heardAt(): number {
    return this.lastHeard;
  }

  start(): void {
    this.connect();
  }

  stop(): void {
    this.generation++;
    this.cancelSilence();
    this.cancelPause();
    this.attempt?.drop();
    this.attempt = undefined;
  }

  /** The network came back, or the screen was switched on: do not sit out a pause, and do not trust a quiet socket. */
  wake(): void {
    const pausing = this.state === "waiting" || this.state === "refused";
    if (pausing || this.around.now() - this.lastHeard > this.silenceMs / 2) this.connect();
  }

  private connect(): void {
    this.stop();
    const generation = this.generation;
    const mine = (run: () => void) => { if (generation === this.generation) run(); };
    this.enter("connecting");
    this.listen(generation, Math.max(this.silenceMs, firstFrameMs));
    const since = this.current && { epoch: this.current.epoch, revision: this.current.revision };
    this.attempt = this.open(
      { area: this.area, units: "all", ...(since && { since }) },
      (value) => mine(() => this.item(value)),
      (why) => mine(() => {
        this.refusal = why.code;
        this.pause(why.refused);
      }),
    );
  }

  private item(value: unknown): void {
    let frame: Frame;
    try {
      frame = parseFrame(value);
    } catch (error) {
      console.warn("situational: a frame cannot be read", error);
      this.anew();
      return;
    }

    const reduced = reduce(this.current, frame);
    if ("resync" in reduced) {
      console.info(`situational: watching anew (${reduced.resync})`);
      this.anew();
      return;
    }

    const now = this.around.now();
    this.current = reduced.picture;
    this.failures = 0;
    this.refusal = undefined;
    this.lastHeard = now;
    this.clock.heard(frame.at, now);
    this.listen(this.generation, this.silenceMs);
    this.enter("watching");
    try {
      this.listener.picture(reduced.picture, reduced.change);
    } catch (error) {
      // The socket's own library would swallow it; the page says what it hears of.
      reportError(error);
    }
  }

  /** The picture is not to be trusted: forget where it stood and ask for a whole one. The views keep showing it meanwhile. */
  private anew(): void {
    this.current = undefined;
    if (this.failures === 0) {
      this.failures = 1;
      this.connect();
    } else {
      this.pause(false);
    }
  }

  private pause(refused: boolean): void {
    this.stop();
    this.enter(refused ? "refused" : "waiting");
    const longest = refused ? refusedPause : Math.min(longestPause, firstPause * 2 ** Math.min(this.failures, 10));
    this.failures++;
    this.cancelPause = this.around.after(longest * (0.5 + this.around.random() / 2), () => this.connect());
  }

  /** Starts the wait for the next frame over. */
  private listen(generation: number, ms: number): void {
    this.cancelSilence();
    this.cancelSilence = this.around.after(ms, () => {
      if (generation === this.generation) this.pause(false);
    });
  }

  private enter(state: Link): void {
    if (this.state === state) return;
    this.state = state;
    this.listener.link(state);
  }
}
