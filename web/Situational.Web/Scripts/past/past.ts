import type { Change, Picture } from "../feed";
import type { PageState } from "../desk/state";
import { make, setData } from "../page/dom";
import type { TextKey, Texts } from "../page/texts";
import { Bar } from "./bar";
import { type Phase, Player } from "./player";
import { HttpPast, type Marks, PastError, type PastSource } from "./source";
import { isBeyond, type Range, rangeOf, type Span } from "./span";
import { Timeline } from "./timeline";

/** What the past needs of the page that it is mounted on. */
export interface PastSeam {
  readonly texts: Texts;
  readonly state: PageState;
  /** IANA name of the city's zone; undefined for the screen's. */
  readonly timeZone: string | undefined;
  /** Code of the area that the page shows; empty for the whole city. */
  area(): string;
  /** Calls back when the page shows another area. Without it the area is the one of the address. */
  onArea?(listener: () => void): void;
  /** The server's time, ms, whatever moment is shown; undefined before the first frame. */
  serverNow(): number | undefined;
  /** Shows a moment of the past in the place of what is live; `whole` the first time. */
  show(picture: Picture, change: Change): void;
  /** Goes back to what is live. */
  live(): void;
  /** Says something to who listens instead of looking. */
  announce?(words: string): void;
  /** Where the page keeps its keys, and lists them. */
  readonly keys: { register(key: string, text: TextKey, run: () => void, when: () => boolean): unknown };
  /** Where the button goes that opens the past; default: before the bar. */
  readonly opener?: HTMLElement;
}

export interface PastSurroundings {
  readonly source: PastSource;
  readonly now: () => number;
}

/** So far back it begins when nobody says when, ms. */
const beginBack = 5 * 60_000;
/** How often the address and the marks follow what is played, ms. */
const addressMs = 2_000;
const marksMs = 60_000;

/** Shows any moment of the kept days on a page, and plays on from it. While it does, the page shows nothing live. */
export class Past {
  private readonly opener: HTMLButtonElement;
  private readonly bar: Bar;
  private readonly timeline: Timeline;
  private readonly player: Player;
  private readonly days: Intl.DateTimeFormat;
  private marks: Marks | undefined;
  private range: Range | undefined;
  private span: Span = "kept";
  private open = false;
  private shown = false;
  private written = "";
  private addressAt = Number.NEGATIVE_INFINITY;
  private marksAt = Number.NEGATIVE_INFINITY;
  private asking: AbortController | undefined;

  constructor(private readonly root: HTMLElement, private readonly seam: PastSeam, private readonly around: PastSurroundings = { source: new HttpPast(), now: () => performance.now() }) {
    const { texts } = seam;
    this.days = new Intl.DateTimeFormat("sv-SE", {
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", ...(seam.timeZone && { timeZone: seam.timeZone }),
    });
    const say = (ms: number): string => this.days.format(ms);
    this.player = new Player(around.source, {
      now: around.now, live: () => seam.serverNow(), area: () => seam.area(),
      after: (ms, run) => {
        const timer = window.setTimeout(run, ms);
        return () => window.clearTimeout(timer);
      },
    }, {
      show: (picture, change) => this.show(picture, change),
      phase: (phase, fault) => this.phase(phase, fault),
      arrived: () => {
        seam.announce?.(texts.get("past.arrived"));
        this.leave();
      },
    });
    this.timeline = new Timeline(texts, say, (at) => this.goTo(at));
    this.bar = new Bar(texts, seam.timeZone, {
      playOrPause: () => this.playOrPause(),
      speed: (speed) => {
        this.player.setSpeed(speed);
        this.bar.speed(speed);
      },
      step: (direction) => this.player.step(direction),
      event: (direction) => this.goToEvent(direction),
      jump: (at) => this.goTo(at),
      span: (span) => this.widen(span),
      retry: () => this.retry(),
      leave: () => this.leave(),
    }, this.timeline.element);
    this.bar.element.hidden = true;
    this.bar.speed(this.player.speed);
    this.bar.span(this.span);
    this.opener = make("button", "past-open", texts.get("past.open")) as HTMLButtonElement;
    this.opener.type = "button";
    this.opener.title = texts.get("past.key.open");
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.setAttribute("aria-keyshortcuts", "t");
    this.opener.addEventListener("click", () => this.toggle());
    (seam.opener ?? root).append(this.opener);
    root.append(this.bar.element);
    // In a field of the bar the first Esc only leaves the field.
    this.bar.element.addEventListener("keydown", (event) => { if (event.key === "Escape" && isField(event.target as Element)) this.timeline.focus(); });
    for (const { key, text, run, when } of this.keys) seam.keys.register(key, text, run, when);
    seam.state.on((changed) => {
      if (changed.has("at")) this.follow();
      else if (changed.has("area") && !seam.onArea) this.elsewhere();
    });
    seam.onArea?.(() => this.elsewhere());
  }

  /** Whether the page shows a moment of the past. */
  get isShown(): boolean {
    return this.shown;
  }

  /** The player, for whoever looks into a running page, and for tests. */
  get playing(): Player {
    return this.player;
  }

  /** Opens the moment that the address asks for. Call once, when the page is ready. */
  start(): void {
    window.setInterval(() => this.tick(), 100);
    this.follow();
  }

  /** Opens the bar with a moment, or closes it. */
  toggle(): void {
    if (this.open) this.leave();
    else void this.enter(undefined);
  }

  /** Back to what is live. */
  leave(): void {
    if (!this.open) return;
    this.open = false;
    this.asking?.abort();
    this.asking = undefined;
    this.player.stop();
    this.marks = undefined;
    this.range = undefined;
    const hadFocus = this.bar.element.contains(document.activeElement);
    this.bar.element.hidden = true;
    this.bar.fails("");
    this.opener.setAttribute("aria-expanded", "false");
    if (hadFocus) this.opener.focus();
    this.write("", true);
    if (!this.shown) return;
    this.shown = false;
    this.seam.live();
  }

  /** @param at the moment; undefined for a little while ago. */
  private async enter(at: number | undefined): Promise<void> {
    this.open = true;
    this.bar.element.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.bar.usable(false);
    this.bar.fails("");
    this.bar.says(this.seam.texts.get("past.loading"));
    this.timeline.focus();
    await this.readMarks();
    const now = this.seam.serverNow();
    const since = this.marks?.keptSince;
    if (!this.open || now === undefined || since === undefined) return;
    await this.player.seek(Math.min(now - 1_000, Math.max(since, at ?? now - beginBack)));
  }

  private follow(): void {
    const asked = this.seam.state.get("at");
    if (asked === this.written) return;
    if (asked === "") {
      this.leave();
      return;
    }
    const at = Date.parse(asked);
    if (Number.isNaN(at)) {
      this.write("", true);
      return;
    }
    this.written = asked;
    if (!this.open) void this.whenReady(at);
    else void this.player.seek(at);
  }

  /** The page is about another area: its marks and its picture of the same moment are read anew. */
  private elsewhere(): void {
    if (!this.open) return;
    this.marksAt = Number.NEGATIVE_INFINITY;
    if (this.player.phase !== "empty") void this.player.seek(this.player.at);
  }

  /** The server's time is known from the first frame on. */
  private async whenReady(at: number): Promise<void> {
    while (this.seam.serverNow() === undefined) await new Promise((done) => window.setTimeout(done, 100));
    if (!this.open) await this.enter(at);
  }

  private goTo(at: number): void {
    const now = this.seam.serverNow();
    if (!this.open || now === undefined) return;
    const since = this.marks?.keptSince ?? Number.NEGATIVE_INFINITY;
    void this.player.seek(Math.min(now - 1_000, Math.max(since, at)));
  }

  private goToEvent(direction: 1 | -1): void {
    const { at } = this.player;
    const marks = this.marks?.marks ?? [];
    const found = direction > 0 ? marks.find((mark) => mark[0] > at + 999) : marks.findLast((mark) => mark[0] < at - 999);
    const { texts } = this.seam;
    if (!found) {
      this.bar.says(texts.get("past.event.none"));
      return;
    }
    // The first whole second that has it.
    this.goTo(Math.ceil(found[0] / 1_000) * 1_000);
    const words = `${this.days.format(found[0])} ${texts.among("event", found[1]) ?? found[1]} ${found[2]}`;
    this.bar.says(words);
    this.seam.announce?.(words);
  }

  private playOrPause(): void {
    if (this.player.isPlaying) this.player.pause();
    else this.player.play();
    this.bar.playing(this.player.isPlaying);
  }

  private widen(span: Span): void {
    this.span = span;
    this.bar.span(span);
    this.range = undefined;
    this.marksAt = Number.NEGATIVE_INFINITY;
    this.place();
  }

  private retry(): void {
    this.bar.fails("");
    if (this.marks?.keptSince === undefined) void this.enter(undefined);
    else this.player.retry();
  }

  private show(picture: Picture, change: Change): void {
    const first = !this.shown;
    this.shown = true;
    this.seam.show(picture, first ? { ...change, whole: true } : change);
    if (first) this.seam.announce?.(this.seam.texts.get("past.entered", { time: this.days.format(picture.at) }));
    this.place();
    if (!this.player.isPlaying) this.write(addressOf(picture.at), !first);
  }

  private phase(phase: Phase, fault: PastError | undefined): void {
    const { texts } = this.seam;
    setData(this.root, "phase", phase);
    this.bar.usable(phase !== "empty");
    this.bar.playing(this.player.isPlaying);
    this.bar.fails(fault ? this.faultWords(fault) : "", fault?.kind !== "refused");
    this.bar.says(phase === "loading" || phase === "waiting" ? texts.get("past.loading") : "");
    if (phase === "paused" && this.shown) this.write(addressOf(this.player.at), true);
  }

  private faultWords(fault: PastError): string {
    const { texts } = this.seam;
    switch (fault.kind) {
      case "range": return fault.keptSince === undefined ? texts.get("past.fault.range") : texts.get("past.fault.kept", { time: this.days.format(fault.keptSince) });
      case "refused": return texts.get("past.fault.refused");
      case "empty": return texts.get("past.fault.empty");
      case "busy": return texts.get("past.fault.busy");
      case "away": return texts.get("past.fault.away");
    }
  }

  private tick(): void {
    if (!this.open) return;
    this.player.tick();
    const now = this.around.now();
    this.place();
    if (this.player.isPlaying && now - this.addressAt >= addressMs) this.write(addressOf(this.player.at), true);
    if (this.marks?.keptSince !== undefined && now - this.marksAt >= marksMs) void this.readMarks();
  }

  /** Puts the moment on the bar and the slider, and the slider where the moment is. */
  private place(): void {
    const now = this.seam.serverNow();
    const since = this.marks?.keptSince;
    if (now === undefined || since === undefined || this.player.phase === "empty") return;
    const { at } = this.player;
    if (!this.range || isBeyond(this.range, at)) {
      this.range = rangeOf(this.span, at, since, now);
      this.timeline.over(this.range);
      this.timeline.draw(this.marks);
      this.bar.bounds(since, now);
      this.marksAt = this.span === "kept" ? this.marksAt : Number.NEGATIVE_INFINITY;
    }
    this.bar.at(at, this.days.format(at));
    this.timeline.at(at);
  }

  private async readMarks(): Promise<void> {
    if (this.asking) return;
    this.marksAt = this.around.now();
    const asking = this.asking = new AbortController();
    const whole = this.span === "kept" || !this.range;
    try {
      const { source } = this.around;
      let marks = whole
        ? await source.marks(this.seam.area(), undefined, undefined, asking.signal)
        : await source.marks(this.seam.area(), this.range!.from, Math.min(this.range!.to, (this.seam.serverNow() ?? 0) - 1_000), asking.signal);
      // Of a young city most of the kept days are empty: what there is deserves all the bars.
      if (whole && marks.keptSince !== undefined && marks.keptSince > marks.from && marks.keptSince < marks.to - 1_000)
        marks = await source.marks(this.seam.area(), marks.keptSince, marks.to, asking.signal);
      if (asking.signal.aborted) return;
      this.marks = marks;
      if (whole) this.range = undefined;
      if (marks.keptSince === undefined) throw new PastError("empty", "");
      if (!whole) this.timeline.draw(marks);
      this.place();
    } catch (error) {
      if (asking.signal.aborted) return;
      const fault = error instanceof PastError ? error : new PastError("away", String(error));
      // Without marks one can still move; without a beginning one cannot.
      if (this.marks?.keptSince === undefined) {
        this.bar.says("");
        this.bar.fails(this.faultWords(fault), fault.kind !== "refused");
      }
    } finally {
      if (this.asking === asking) this.asking = undefined;
    }
  }

  /** What the address says; a page that goes back leaves the past. */
  private write(at: string, replace: boolean): void {
    this.addressAt = this.around.now();
    if (at === this.written) return;
    this.written = at;
    this.seam.state.set({ at }, replace);
  }

  private readonly keys: readonly { readonly key: string; readonly text: TextKey; readonly run: () => void; readonly when: () => boolean }[] = [
    { key: "t", text: "past.keys.open", run: () => this.toggle(), when: () => true },
    { key: " ", text: "past.keys.play", run: () => this.playOrPause(), when: () => this.shown },
    { key: ",", text: "past.keys.back", run: () => this.player.step(-1), when: () => this.shown },
    { key: ".", text: "past.keys.on", run: () => this.player.step(1), when: () => this.shown },
    { key: "Escape", text: "past.keys.leave", run: () => this.leave(), when: () => this.open },
  ];
}

/** Whether keys are text where the focus is: anywhere but on the slider. */
function isField(target: Element | null): boolean {
  return !(target instanceof HTMLInputElement && target.type === "range") && !!target?.closest("input, textarea, select, [contenteditable]");
}

/** Whole seconds: a link that people can read. */
function addressOf(ms: number): string {
  return new Date(Math.floor(ms / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
}

