import type { Alert } from "./alerts-of";

/** What a tone is made of: Hz and when it begins, s. */
type Tone = readonly [frequency: number, at: number];

/** Told apart without a look: help rises thrice, red is a high pair, overdue one middle tone, silence one low. */
const tones: Readonly<Record<Alert["kind"], readonly Tone[]>> = {
  sos: [[660, 0], [880, 0.16], [1_175, 0.32], [660, 0.6], [880, 0.76], [1_175, 0.92]],
  red: [[988, 0], [988, 0.22]],
  overdue: [[587, 0]],
  silent: [[330, 0]],
};

const lengthSeconds = 0.14;

/** One sound for everything that comes within so long, ms. */
export const burstMs = 4_000;

/** Plays tones; the browser's, or a test's. */
export interface Player {
  /** Whether the browser lets the page sound; most do after a click or a key. */
  readonly ready: boolean;
  /** Asks for that; only of use while a person clicks or types. */
  wake(): void;
  play(tones: readonly Tone[], seconds: number): void;
}

export interface SoundParts {
  readonly player: Player;
  readonly now: () => number;
  readonly storage: () => Pick<Storage, "getItem" | "setItem"> | undefined;
}

const key = "situational.sound";

/** Sound for what is new. Off until somebody wants it; muted for a while, never for good by accident. */
export class Sound {
  private on = false;
  private until = 0;
  private last = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: SoundParts) {
    try {
      const kept: unknown = JSON.parse(parts.storage()?.getItem(key) ?? "{}");
      if (typeof kept === "object" && kept !== null) {
        this.on = (kept as { on?: unknown }).on === true;
        const until = (kept as { until?: unknown }).until;
        if (typeof until === "number") this.until = until;
      }
    } catch {
      // What cannot be read was never said.
    }
  }

  get enabled(): boolean {
    return this.on;
  }

  /** It is wanted, but the browser waits for a click or a key. */
  get waiting(): boolean {
    return this.on && !this.parts.player.ready;
  }

  /** Until when it is muted, ms; undefined when it is not. It ends by itself. */
  get mutedUntil(): number | undefined {
    return this.until > this.parts.now() ? this.until : undefined;
  }

  enable(on: boolean): void {
    this.on = on;
    this.until = 0;
    this.keep();
    if (!on) return;
    this.parts.player.wake();
    this.parts.player.play(tones.overdue, lengthSeconds);
  }

  /** A person did something: the browser may let the page sound from now on. */
  touched(): void {
    if (this.waiting) this.parts.player.wake();
  }

  /** @param minutes 0 ends it */
  mute(minutes: number): void {
    this.until = minutes > 0 ? this.parts.now() + minutes * 60_000 : 0;
    this.keep();
  }

  /** Sounds once for all of them, as the weightiest does. Returns whether it did. */
  sound(news: readonly Alert[]): boolean {
    const [first] = news;
    const now = this.parts.now();
    if (!first || !this.on || this.mutedUntil !== undefined || now - this.last < burstMs) return false;
    this.last = now;
    this.parts.player.play(tones[first.kind], lengthSeconds);
    return true;
  }

  private keep(): void {
    try {
      this.parts.storage()?.setItem(key, JSON.stringify({ on: this.on, until: this.until }));
    } catch {
      // It holds for this page.
    }
  }
}

/** The browser's sound. */
export class WebAudioPlayer implements Player {
  private context: AudioContext | undefined;

  get ready(): boolean {
    return this.context?.state === "running";
  }

  wake(): void {
    this.context ??= new AudioContext();
    void this.context.resume();
  }

  play(tones: readonly Tone[], seconds: number): void {
    const { context } = this;
    if (!context) return;
    for (const [frequency, at] of tones) {
      const [oscillator, gain] = [context.createOscillator(), context.createGain()];
      const begin = context.currentTime + at;
      oscillator.type = "sine";
      oscillator.frequency.value = frequency;
      // Without an edge at either end there is no click.
      gain.gain.setValueAtTime(0, begin);
      gain.gain.linearRampToValueAtTime(0.2, begin + 0.015);
      gain.gain.setValueAtTime(0.2, begin + seconds - 0.03);
      gain.gain.linearRampToValueAtTime(0, begin + seconds);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(begin);
      oscillator.stop(begin + seconds);
    }
  }
}
