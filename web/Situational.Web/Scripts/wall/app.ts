import { type Change, everything, Feed, type Open, type Picture } from "../feed";
import { Badge } from "../page/badge";
import { part, setData, setHidden, setText } from "../page/dom";
import { Faults, type FaultSurroundings } from "../page/faults";
import { Figures } from "./figures";
import { hottest, HottestGrids } from "./hottest";
import { KpiView } from "./kpi";
import { Names } from "../page/names";
import { Patrol } from "./patrol";
import { Places } from "../page/places";
import { Paced } from "../page/rows";
import { standingOf } from "../page/standing";
import { browserSurroundings } from "../page/surroundings";
import { type Fetched, type Territory, TerritorySource } from "../page/territory";
import type { Texts } from "../page/texts";
import { troublesOf } from "../page/troubles";
import { Ticker } from "./ticker";
import { TrendView } from "./trend";
import { Whistles } from "./whistles";

/** The map, as far as the wall knows it. */
export interface WallMap {
  /** Another territory is in force: draw its shapes and forget the old ones. */
  territory(territory: Territory): void;
  show(picture: Picture, change: Change): void;
  /** Says whether the picture is true right now. While it is not, nothing on the map moves. */
  live(live: boolean): void;
  flyTo(code: string): void;
  overview(): void;
}

export interface WallParts {
  readonly texts: Texts;
  readonly open: Open;
  readonly map: WallMap;
  readonly source: TerritorySource;
  /** Where a version of the territory is read that was in force before. */
  readonly earlier: (version: number) => TerritorySource;
  /** Where the rates of the watched area are read. */
  readonly kpi: string;
  /** Where its last day by the hour is read. */
  readonly trend: string;
  /** The feed is back after it was away. */
  readonly cameBack: () => void;
  readonly faults: FaultSurroundings;
}

/** The watch that shows everything, whatever the city's code is. */
const wholeCity = "city";

/** Pauses before the territory is read again, ms: while it is not there, and after one that could not be drawn. */
const readAgainMs = 2_000;
const drawAgainMs = 20_000;

/** The wall: what the feed says, on the page. */
export class Wall {
  readonly feed: Feed;
  private readonly faults: Faults;
  private readonly silenceMs: number;
  private readonly places: Places;
  private readonly badge: Badge;
  private readonly figures: Figures;
  private readonly hot: HottestGrids;
  private readonly whistles: Whistles;
  private readonly patrol: Patrol;
  private readonly ticker: Ticker;
  private readonly trend: TrendView;
  private readonly kpi: KpiView;
  private readonly paced: readonly Paced[];
  /** What the feed says, and the moment of the past that is shown instead, if there is one. */
  private live: Picture | undefined;
  private past: Picture | undefined;
  private reading = false;
  private readNext = 0;
  private wasAway = false;
  /** The map missed a change and needs the whole picture. */
  private mapBehind = false;

  constructor(private readonly root: HTMLElement, private readonly parts: WallParts) {
    const { texts } = parts;
    this.faults = new Faults(parts.faults);
    this.silenceMs = Number(root.dataset["silenceSeconds"] ?? 6) * 1_000;
    this.places = new Places(texts);
    this.badge = new Badge(root, texts);
    this.figures = new Figures(root, texts);
    this.hot = new HottestGrids(root, texts, this.places, (code) => parts.map.flyTo(code));
    this.patrol = new Patrol(root, texts, this.places);
    const names = new Names(root.dataset["names"]);
    this.whistles = new Whistles(root, texts, this.places, names);
    this.ticker = new Ticker(root, texts, this.places, names);
    this.trend = new TrendView(root, texts, parts.trend);
    this.kpi = new KpiView(root, texts, parts.kpi);
    this.paced = [
      new Paced(100, () => this.showPanel("figures", (picture) => this.figures.show(picture))),
      new Paced(1_000, () => this.showPanel("hottest grids", (picture) => this.hot.show(picture))),
      new Paced(1_000, () => this.showPanel("ticker", (picture) => this.ticker.show(picture))),
      new Paced(1_000, () => this.showPanel("whistles", (picture) => this.whistles.show(picture, this.now() ?? picture.at))),
      new Paced(1_000, () => this.showPanel("patrol", (picture) => this.patrol.show(picture, this.now() ?? picture.at))),
      new Paced(1_000, () => this.showPanel("trend", (picture) => { if (!this.past) this.trend.show(this.serverNow() ?? picture.at, picture.totals); })),
    ];
    this.feed = new Feed(root.dataset["area"] || wholeCity, this.silenceMs, parts.open, {
      picture: (picture, change) => this.take(picture, change),
      link: (link) => {
        if (link === "waiting" || link === "refused") this.wasAway = true;
        if (link === "watching" && this.wasAway) {
          this.wasAway = false;
          parts.cameBack();
        }
      },
    }, browserSurroundings);
  }

  /** The picture on the page. */
  get picture(): Picture | undefined {
    return this.shown;
  }

  /** The server's time, ms, or the moment that is shown. Undefined before the first frame. */
  now(): number | undefined {
    return this.past?.at ?? this.serverNow();
  }

  /** Shows a moment of the past instead of what is live. */
  showPast(picture: Picture, change: Change): void {
    const first = this.past === undefined;
    this.past = picture;
    setData(this.root, "past", "true");
    this.publish(picture, first ? everything : change);
    // Another moment has other lists: none of the moment before stays beside it.
    if (first || change.whole) {
      for (const paced of this.paced) paced.hasten();
      this.tick(performance.now());
    }
  }

  /** Goes back to what is live. */
  showLive(): void {
    if (!this.past) return;
    this.past = undefined;
    delete this.root.dataset["past"];
    // The shapes may be of another version by now.
    this.parts.source.forget();
    if (!this.live) return;
    this.publish(this.live, everything);
    for (const paced of this.paced) paced.hasten();
    this.tick(performance.now());
  }

  /** Says something to who listens instead of looking. */
  announce(words: string): void {
    setText(part(this.root, "announce"), words);
  }

  start(): void {
    this.faults.watch(window);
    this.feed.start();
    addEventListener("online", () => this.feed.wake());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") this.feed.wake(); });
    window.setInterval(() => this.tick(performance.now()), 100);
    this.tick(performance.now());
  }

  /** The codes of the hottest grids, the worst first. */
  hottest(limit: number): readonly string[] {
    return this.shown ? hottest(this.shown.grids.values(), limit).map((row) => row[0]) : [];
  }

  private get shown(): Picture | undefined {
    return this.past ?? this.live;
  }

  private take(picture: Picture, change: Change): void {
    this.live = picture;
    if (!this.past) this.publish(picture, change);
  }

  private publish(picture: Picture, change: Change): void {
    this.showMap(this.mapBehind ? everything : change);
    for (const paced of this.paced) paced.mark();
    this.tick(performance.now());
    setData(this.root, "revision", String(picture.revision));
    setData(this.root, "digest", picture.digest);
  }

  private tick(now: number): void {
    for (const paced of this.paced) paced.tick(now);
    this.faults.guard("clock", () => this.showClock());
    this.faults.guard("rates", () => {
      const ready = (this.live?.territory ?? 0) > 0;
      this.kpi.tick(now, ready);
      this.trend.tick(now, ready);
    });
    // Last, so that what failed just now is said at once.
    this.faults.guard("badge", () => this.showStanding(now));
    this.faults.tick();
    if (this.shown) {
      const { shown } = this;
      if (!this.reading && now >= this.readNext && shown.territory !== this.places.territory?.version) void this.readTerritory(shown.territory);
    }
  }

  private showClock(): void {
    const moment = this.now();
    if (moment === undefined) return;
    setText(part(this.root, "clock"), this.parts.texts.time(moment));
    setText(part(this.root, "day"), this.parts.texts.day(moment));
  }

  private showStanding(now: number): void {
    const known = troublesOf(this.shown, this.faults.present, this.places.territory?.version);
    if (this.past) {
      this.badge.showPast();
      setText(part(this.root, "trouble"), known.map((trouble) => this.badge.troubleWords(trouble)).join(" · "));
      this.parts.map.live(false);
      return;
    }
    const standing = standingOf(this.feed, this.shown && { at: this.shown.at, trouble: known }, now, this.silenceMs);
    this.badge.show(standing);
    setText(part(this.root, "trouble"), known.map((trouble) => this.badge.troubleWords(trouble)).join(" · "));
    this.parts.map.live(standing.state !== "lost" && standing.state !== "refused");
  }

  private showMap(change: Change): void {
    this.mapBehind = !this.showPanel("map", (picture) => this.parts.map.show(picture, change));
  }

  private async readTerritory(version: number): Promise<void> {
    if (version <= 0) return this.emptyMap("none");
    this.reading = true;
    try {
      const fetched = await (this.past ? this.parts.earlier(version) : this.parts.source).read(version);
      // What was not yet what the feed speaks of is asked for again, not in a tight loop.
      this.readNext = performance.now() + readAgainMs;
      this.faults.guard("territory", () => this.useTerritory(fetched));
    } finally {
      this.reading = false;
    }
  }

  private useTerritory(fetched: Fetched): void {
    if ("failed" in fetched) {
      console.info(`situational: the territory cannot be read (${fetched.failed})`);
      this.emptyMap("failed");
    } else if ("none" in fetched) {
      this.emptyMap("none");
    } else if ("territory" in fetched) {
      const { territory } = fetched;
      try {
        this.parts.map.territory(territory);
      } catch (error) {
        this.parts.source.forget();
        this.readNext = performance.now() + drawAgainMs;
        throw error;
      }
      // Only what the map shows counts as read: anything else is asked for again.
      this.places.territory = territory;
      setHidden(part(this.root, "map-empty"), true);
      const area = this.feed.area === wholeCity ? territory.root : this.feed.area;
      setText(part(this.root, "city"), (area && territory.names.get(area)?.name) || this.parts.texts.get("wall.title"));
      for (const name of ["demo", "foot-demo"]) setHidden(part(this.root, name), !territory.simulated);
      this.showMap(everything);
      for (const paced of this.paced) paced.hasten();
      this.tick(performance.now());
    } else if (this.places.territory && fetched.version !== undefined) {
      // The same shapes under another number. A server that is behind the feed says its own, and is asked again.
      this.places.territory = { ...this.places.territory, version: fetched.version };
    }
  }

  /** Before there is a territory the map says so; afterwards the last known one stays. */
  private emptyMap(why: "none" | "failed"): void {
    if (this.places.territory) return;
    setText(part(this.root, "map-words"), this.parts.texts.get(why === "none" ? "map.none" : "map.failed"));
    setHidden(part(this.root, "map-how"), why !== "none");
  }

  /** Shows a panel, if there is a picture. Returns false when that failed. */
  private showPanel(name: string, show: (picture: Picture) => void): boolean {
    const { shown } = this;
    return !shown || this.faults.guard(name, () => show(shown));
  }

  /** The server's time, ms, whatever moment is shown; undefined before the first frame. */
  serverNow(): number | undefined {
    return this.feed.clock.at(performance.now());
  }
}
