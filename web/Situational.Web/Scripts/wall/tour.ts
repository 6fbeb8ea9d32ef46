export interface TourTimes {
  /** At a stop, ms. */
  readonly everyMs?: number;
  /** How long it rests after somebody touched the wall, ms. */
  readonly restMs?: number;
}

/** Takes the map to the hottest grids in turn, and back to the whole city after each round. A person at the wall stops it for a while. */
export class Tour {
  private next = 0;
  private restUntil = 0;
  private timer = 0;
  private readonly everyMs: number;

  constructor(private readonly stops: () => readonly string[], private readonly flyTo: (code: string) => void, private readonly overview: () => void, times: TourTimes = {}) {
    this.everyMs = times.everyMs ?? 12_000;
    const restMs = times.restMs ?? 60_000;
    // Before any key is carried out: the one that starts a tour makes it rest no more.
    for (const kind of ["pointerdown", "keydown", "wheel"])
      addEventListener(kind, () => { this.restUntil = performance.now() + restMs; }, { capture: true, passive: true });
  }

  get isOn(): boolean {
    return this.timer !== 0;
  }

  /** Begins with the hottest grid: at once if somebody asked for it, else after the time of a stop. */
  start(atOnce = false): void {
    if (this.isOn) return;
    this.next = 0;
    this.timer = window.setInterval(() => { if (performance.now() >= this.restUntil) this.step(); }, this.everyMs);
    if (!atOnce) return;
    this.restUntil = 0;
    this.step();
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
  }

  private step(): void {
    const code = this.stops()[this.next];
    if (code === undefined) {
      this.next = 0;
      this.overview();
    } else {
      this.next++;
      this.flyTo(code);
    }
  }
}
