import { type Change, everything, Feed, type Open, type Picture, type Trouble } from "../feed";
import { Badge } from "../page/badge";
import { part, setData, setHidden, setText } from "../page/dom";
import { Faults, type FaultSurroundings } from "../page/faults";
import { Names } from "../page/names";
import { Places } from "../page/places";
import { Shortcuts } from "../page/shortcuts";
import { standingOf } from "../page/standing";
import { browserSurroundings } from "../page/surroundings";
import { type Fetched, type Territory, TerritorySource } from "../page/territory";
import type { Texts } from "../page/texts";
import { troublesOf } from "../page/troubles";
import { emptyPicture } from "./empty";
import type { Me } from "./me";
import type { PageState } from "./state";
import { Toasts } from "./toasts";

export interface DeskParts {
  readonly texts: Texts;
  readonly me: Me;
  readonly state: PageState;
  readonly open: Open;
  readonly source: TerritorySource;
  /** Where a version of the territory is read that was in force before. */
  readonly earlier: (version: number) => TerritorySource;
  /** The feed is back after it was away. */
  readonly cameBack: () => void;
  readonly faults: FaultSurroundings;
}

/** Takes what a frame changed. `whole`: everything may be other than before, also the area. */
export type PictureListener = (picture: Picture, change: Change) => void;

/** The watch that shows everything, whatever the city's code is. */
const wholeCity = "city";

/** Pauses before the territory is read again, ms: while it is not there, and after one that could not be shown. */
const readAgainMs = 2_000;
const showAgainMs = 20_000;

/** How long a new area may take to come before the badge says that it is being waited for, ms. */
const changeMs = 1_500;

/**
 * What every desk has: the picture of the chosen area by the feed, the badge that says whether it is true right now, the territory, the
 * address as its state, the keys, messages, and the clock of the server. Panels subscribe; one that fails takes no other with it.
 */
export class Desk {
  readonly texts: Texts;
  readonly me: Me;
  readonly state: PageState;
  readonly places: Places;
  readonly names: Names;
  readonly shortcuts: Shortcuts;
  readonly toasts: Toasts;
  readonly faults: Faults;
  private readonly badge: Badge;
  private readonly silenceMs: number;
  private readonly onPictures = new Map<PictureListener, string>();
  private readonly onLives = new Map<PictureListener, string>();
  private readonly onAreas = new Map<(area: string) => void, string>();
  private readonly onCities = new Map<PictureListener, string>();
  private readonly onTicks = new Map<(now: number) => void, string>();
  /** Listeners that missed a change and need the whole picture. */
  private readonly behind = new Set<PictureListener>();
  private current!: Feed;
  /** The whole city, for whoever must not miss what is outside the chosen area; the same as the desk's own where that is of the city. */
  private city: Feed | undefined;
  private live: Picture | undefined;
  private past: Picture | undefined;
  /** The past moment that the page is about, ms, also while its picture is on the way; undefined while it shows what is live. */
  private pastAt: number | undefined;
  private chosenAt = 0;
  private skew: number | undefined;
  private reading = false;
  private readNext = 0;
  private wasAway = false;
  private started = false;

  constructor(readonly root: HTMLElement, private readonly parts: DeskParts) {
    const { texts, me, state } = parts;
    [this.texts, this.me, this.state] = [texts, me, state];
    this.faults = new Faults(parts.faults);
    this.silenceMs = Number(root.dataset["silenceSeconds"] ?? 6) * 1_000;
    this.places = new Places(texts);
    this.names = new Names(root.dataset["names"]);
    this.shortcuts = new Shortcuts(texts);
    this.toasts = new Toasts(part(root, "toasts"), texts.get("desk.close"));
    this.badge = new Badge(root, texts, { refused: "lost.desk", neverSeen: "lost.desk.never", vanished: "lost.desk.vanished" });
    this.current = this.feedOf(this.watched);
    // Before any panel hears of it: they ask for the picture of the new area.
    state.on((changed) => { if (changed.has("area")) this.areaChanged(); });
  }

  /** The feed of the chosen area; another one after the area changed. */
  get feed(): Feed {
    return this.current;
  }

  /** What the page shows: the live picture, or that of a past moment. Undefined until there is one of the chosen area. */
  get picture(): Picture | undefined {
    return this.isPast ? this.past : this.live;
  }

  /** What is live, whatever moment the page shows. Undefined until there is one of the chosen area. */
  get livePicture(): Picture | undefined {
    return this.live;
  }

  /** Whether a past moment is shown: nothing can be done then. */
  get isPast(): boolean {
    return this.pastAt !== undefined;
  }

  get territory(): Territory | undefined {
    return this.places.territory;
  }

  /** Code of the area that the address asks for, if the territory has it, else of the city; empty before there is a territory. */
  get area(): string {
    const asked = this.state.get("area");
    const { territory } = this;
    if (!territory) return asked;
    return territory.names.has(asked) ? asked : territory.root ?? "";
  }

  /** The area that the address asks for and the territory does not have; empty when all is well. */
  get unknownArea(): string {
    const asked = this.state.get("area");
    return this.territory && asked !== "" && !this.territory.names.has(asked) ? asked : "";
  }

  /** The server's time, ms, or the moment that is shown. Undefined before the first frame. */
  now(): number | undefined {
    return this.pastAt ?? this.serverNow();
  }

  /** Calls back with every picture, and at once if there is one. Returns what ends that. */
  onPicture(name: string, listener: PictureListener): () => void {
    this.onPictures.set(listener, name);
    const { picture } = this;
    if (picture) this.tell(listener, name, picture, everything);
    return () => {
      this.onPictures.delete(listener);
      this.behind.delete(listener);
    };
  }

  /** Calls back with every live picture, whatever moment the page shows, and at once if there is one. Returns what ends that. */
  onLive(name: string, listener: PictureListener): () => void {
    this.onLives.set(listener, name);
    if (this.live) this.tell(listener, name, this.live, everything);
    return () => {
      this.onLives.delete(listener);
      this.behind.delete(listener);
    };
  }

  /**
   * Calls back with every live picture of the whole city, whatever area is chosen and whatever moment is shown, and at once if there is one.
   * From the first call on the desk watches the city, too.
   */
  onCity(name: string, listener: PictureListener): void {
    this.onCities.set(listener, name);
    if (!this.city) {
      this.city = this.current.area === wholeCity ? this.current : this.feedOf(wholeCity);
      if (this.started && this.city !== this.current) this.city.start();
    }
    const { picture } = this.city;
    if (picture) this.faults.guard(name, () => listener(picture, everything));
  }

  /** Calls back when the area or the territory is another, and at once if there is a territory. */
  onArea(name: string, listener: (area: string) => void): () => void {
    this.onAreas.set(listener, name);
    if (this.territory) this.faults.guard(name, () => listener(this.area));
    return () => this.onAreas.delete(listener);
  }

  /** Calls back ten times a second, with monotonic ms. */
  onTick(name: string, listener: (now: number) => void): () => void {
    this.onTicks.set(listener, name);
    return () => this.onTicks.delete(listener);
  }

  start(): void {
    this.faults.watch(window);
    this.started = true;
    this.current.start();
    if (this.city !== this.current) this.city?.start();
    const wake = (): void => { for (const feed of new Set([this.current, this.city])) feed?.wake(); };
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") wake(); });
    window.setInterval(() => this.tick(performance.now()), 100);
    this.tick(performance.now());
  }

  /** Shows a past moment instead of what is live. */
  showPast(picture: Picture, change: Change): void {
    const first = this.past === undefined;
    [this.past, this.pastAt] = [picture, picture.at];
    setData(this.root, "past", "true");
    this.publish(picture, first ? everything : change);
  }

  /** Goes back to what is live. */
  showLive(): void {
    const { pastAt } = this;
    if (pastAt === undefined) return;
    this.past = this.pastAt = undefined;
    delete this.root.dataset["past"];
    // The shapes may be of another version by now.
    this.parts.source.forget();
    if (this.live) this.publish(this.live, everything);
    // What is live has not come yet: nothing is known, and rows of the past are not what is there now.
    else this.publishNothing(this.serverNow() ?? pastAt);
    this.tick(performance.now());
  }

  /** Says something to who listens instead of looking. */
  announce(words: string): void {
    const region = part(this.root, "announce");
    // The same words again are read again only if they are new to the region.
    region.textContent = region.textContent === words ? `${words}\u00a0` : words;
  }

  /** The picture in the code's own terms: `city` for everything, else the area's code. */
  private get watched(): string {
    const { area } = this;
    return area === "" || area === this.territory?.root ? wholeCity : area;
  }

  private feedOf(area: string): Feed {
    const feed: Feed = new Feed(area, this.silenceMs, this.parts.open, {
      picture: (picture, change) => {
        if (feed === this.city) for (const [told, name] of this.onCities) this.faults.guard(name, () => told(picture, change));
        if (feed === this.current) this.take(picture, change);
      },
      link: (link) => {
        if (feed !== this.current) return;
        if (link === "waiting" || link === "refused") this.wasAway = true;
        if (link === "watching" && this.wasAway) {
          this.wasAway = false;
          this.parts.cameBack();
        }
      },
    }, browserSurroundings);
    return feed;
  }

  private areaChanged(): void {
    const { watched } = this;
    if (watched !== this.current.area) {
      this.skew = this.skewNow();
      if (this.current !== this.city) this.current.stop();
      // Figures of one area under the name of another would be a lie: nothing is shown until the first frame.
      this.live = this.past = undefined;
      this.chosenAt = performance.now();
      if (this.city && watched === wholeCity) {
        this.current = this.city;
      } else {
        this.current = this.feedOf(watched);
        this.current.start();
      }
      if (this.pastAt !== undefined) this.publishNothing(this.pastAt);
    }
    this.tellArea();
    // The city was watched all the while: its picture is here, for panels that know by now that it is the city's.
    const { picture } = this.current;
    if (!this.live && picture) this.take(picture, everything);
  }

  private tellArea(): void {
    if (!this.territory) return;
    setData(this.root, "area", this.area);
    const { unknownArea } = this;
    const notice = part(this.root, "notice");
    setHidden(notice, unknownArea === "");
    setText(part(this.root, "notice-words"), unknownArea === "" ? "" : this.texts.get("desk.unknown-area", { code: unknownArea }));
    for (const [listener, name] of this.onAreas) this.faults.guard(name, () => listener(this.area));
  }

  /** Takes all rows from the page; the panels ask for the picture and find that there is none yet. */
  private publishNothing(at: number): void {
    this.tellAll(this.onPictures, emptyPicture(at, this.places.territory?.version ?? 0), everything);
  }

  private take(picture: Picture, change: Change): void {
    this.live = picture;
    if (!this.isPast) this.publish(picture, change);
    this.tellAll(this.onLives, picture, change);
    // Panels that look at the clock come after everything was taken anew: a city with all its cases is too much for one task of the browser.
    if (change.whole) this.showMoment(performance.now());
    else this.tick(performance.now());
  }

  private publish(picture: Picture, change: Change): void {
    setData(this.root, "loaded", "true");
    setData(this.root, "revision", String(picture.revision));
    setData(this.root, "digest", picture.digest);
    setText(part(this.root, "foot-revision"), this.texts.number(picture.revision));
    setText(part(this.root, "foot-digest"), picture.digest);
    this.tellAll(this.onPictures, picture, change);
  }

  private tellAll(listeners: ReadonlyMap<PictureListener, string>, picture: Picture, change: Change): void {
    for (const [listener, name] of [...listeners]) if (listeners.has(listener)) this.tell(listener, name, picture, this.behind.has(listener) ? everything : change);
  }

  private tell(listener: PictureListener, name: string, picture: Picture, change: Change): void {
    if (this.faults.guard(name, () => listener(picture, change))) this.behind.delete(listener);
    else this.behind.add(listener);
  }

  private tick(now: number): void {
    for (const [listener, name] of this.onTicks) this.faults.guard(name, () => listener(now));
    this.showMoment(now);
  }

  /** When it is, whether what is shown is true, and of which territory it is. */
  private showMoment(now: number): void {
    this.faults.guard("clock", () => this.showClock());
    this.faults.guard("badge", () => this.showStanding(now));
    this.faults.tick();
    const { picture } = this;
    if (picture && !this.reading && now >= this.readNext && picture.territory !== this.places.territory?.version) void this.readTerritory(picture.territory);
  }

  private showClock(): void {
    const moment = this.now();
    if (moment !== undefined) setText(part(this.root, "clock"), this.texts.time(moment));
  }

  private showStanding(now: number): void {
    if (this.isPast) {
      this.badge.showPast();
      this.showTrouble(this.troublesOf(this.past));
      return;
    }
    // Between two areas what the badge said holds a little longer.
    if (!this.live && this.chosenAt > 0 && now - this.chosenAt < changeMs && this.current.link !== "refused") return;
    const standing = standingOf(this.current, this.live && { at: this.live.at, trouble: this.troublesOf(this.live) }, now, this.silenceMs);
    this.badge.show(standing);
    this.showTrouble(standing.state === "degraded" ? standing.trouble : []);
  }

  private showTrouble(known: readonly Trouble[]): void {
    setText(part(this.root, "trouble"), known.map((trouble) => this.badge.troubleWords(trouble)).join(" · "));
  }

  private troublesOf(shown: Picture | undefined): readonly Trouble[] {
    return shown ? troublesOf(shown, this.faults.present, this.places.territory?.version) : [];
  }

  private async readTerritory(version: number): Promise<void> {
    if (version <= 0) return;
    this.reading = true;
    try {
      const fetched = await (this.isPast ? this.parts.earlier(version) : this.parts.source).read(version);
      this.readNext = performance.now() + readAgainMs;
      this.faults.guard("territory", () => this.useTerritory(fetched));
    } finally {
      this.reading = false;
    }
  }

  private useTerritory(fetched: Fetched): void {
    if ("failed" in fetched) {
      console.info(`situational: the territory cannot be read (${fetched.failed})`);
    } else if ("territory" in fetched) {
      const { territory } = fetched;
      this.places.territory = territory;
      for (const name of ["demo", "foot-demo"]) setHidden(part(this.root, name), !territory.simulated);
      try {
        this.areaChanged();
        if (this.picture) this.publish(this.picture, everything);
      } catch (error) {
        this.parts.source.forget();
        this.readNext = performance.now() + showAgainMs;
        throw error;
      }
    } else if ("unchanged" in fetched && this.places.territory && fetched.version !== undefined) {
      // The same shapes under another number. A server that is behind the feed says its own, and is asked again.
      this.places.territory = { ...this.places.territory, version: fetched.version };
    }
  }

  /** The server's time, ms, whatever moment is shown; undefined before the first frame. */
  serverNow(): number | undefined {
    const skew = this.skewNow();
    return skew === undefined ? undefined : performance.now() + skew;
  }

  /** The server's time less the monotonic one: of this feed, or before its first frame of the one before. */
  private skewNow(): number | undefined {
    const now = performance.now();
    const server = this.current.clock.at(now);
    return server === undefined ? this.skew : server - now;
  }
}
