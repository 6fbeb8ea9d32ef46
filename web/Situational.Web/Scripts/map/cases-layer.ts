import { type CanvasPainter, type CanvasView, worldX, worldY } from "blazor-leaflet";
import { Cells } from "./cells";
import type { Palette } from "./palette";
import { haloSheet, markSheet, severitySheet, type SpriteSheet, WordSprites } from "./sprites";
import type { CaseRow } from "./types";

/** How long a new case pulses, ms by severity: a red one must be seen by whoever looks up within a minute. */
export const pulseMilliseconds: readonly number[] = [0, 60_000, 20_000, 10_000, 10_000];

/** How long a case pulses whose time has just run out, ms. */
export const overduePulseMilliseconds = 20_000;

/** Stages that end a case: closed, rejected, merged. */
const ended: readonly number[] = [7, 8, 12];

/** From this deadline level on time has run out. */
const overdueLevel = 2;

/** Side of a marker, and of the cells whose cases share one, CSS pixels at the design's size. */
const markerSize = 34;
const cellSize = 46;

/** Sides of a ring's box and of a small mark. */
const haloSize = 50;
const markSize = 18;

interface OpenCase {
  readonly x: number;
  readonly y: number;
  readonly severity: number;
  readonly level: number;
  readonly escalated: boolean;
  readonly whistle: boolean;
}

/** Something that just happened to a case. */
interface Pulse {
  readonly until: number;
  readonly colour: string;
}

interface Marker {
  x: number;
  y: number;
  severity: number;
  count: number;
  /** The highest deadline level among its cases. */
  level: number;
  /** Whether one of them was escalated, and whether one has a whistle. */
  escalated: boolean;
  whistle: boolean;
}

/**
 * Open cases by severity: shape, letter and colour; around them a ring by deadline level, beside them marks for escalation and whistle.
 * Cases that would cover each other share a marker with their number, and with the worst of everything.
 */
export class CasesLayer implements CanvasPainter {
  /** Draw again. Set by whoever puts the layer on a map. */
  onChange: () => void = () => {};
  readonly #cases = new Map<string, OpenCase>();
  readonly #acknowledged = new Set<string>();
  readonly #cells = new Cells();
  readonly #counts: WordSprites;
  #pulses = new Map<string, Pulse>();
  #markers: Marker[] = [];
  #stale = true;
  #gathered = { zoom: NaN, left: NaN, top: NaN, width: NaN, height: NaN };
  #sheet: SpriteSheet | undefined;
  #halos: SpriteSheet | undefined;
  #marks: SpriteSheet | undefined;
  #pixelRatio = 0;
  #live = true;

  /** @param now the server's time, ms since 1970 UTC. */
  constructor(private readonly palette: Palette, private readonly now: () => number) {
    this.#counts = new WordSprites({ font: palette.font, text: palette.text, ground: palette.ground, edge: palette.muted });
  }

  /** What is drawn, one entry a marker. */
  get markers(): readonly Readonly<Marker>[] {
    return this.#markers;
  }

  /** Ids of the cases that pulse. */
  get pulsing(): ReadonlySet<string> {
    return new Set(this.#pulses.keys());
  }

  /** Forgets every case and takes these. */
  reset(rows: Iterable<CaseRow>): void {
    // What a case was before the feed broke off tells whether something happened to it meanwhile.
    const before = new Map(this.#cases);
    this.#cases.clear();
    this.#pulses.clear();
    const now = this.now();
    for (const row of rows) this.#put(row, before, now);
    for (const id of this.#acknowledged) if (!this.#cases.has(id)) this.#acknowledged.delete(id);
    this.#change();
  }

  update(rows: readonly CaseRow[], closed: readonly string[]): void {
    if (rows.length === 0 && closed.length === 0) return;
    const now = this.now();
    for (const row of rows) this.#put(row, this.#cases, now);
    for (const id of closed) this.#remove(id);
    this.#change();
  }

  /** Somebody has seen it: it pulses no more. */
  acknowledge(id: string): void {
    this.#acknowledged.add(id);
    this.#pulses.delete(id);
    this.onChange();
  }

  forget(): void {
    this.#pixelRatio = 0;
    this.#counts.forget();
  }

  /** Whether what is drawn is true right now. While it is not, nothing pulses: motion would say that something happens. */
  get live(): boolean {
    return this.#live;
  }

  set live(live: boolean) {
    if (live === this.#live) return;
    this.#live = live;
    this.onChange();
  }

  draw(context: CanvasRenderingContext2D, view: CanvasView, time: number): boolean {
    this.#prepare(view.pixelRatio);
    this.#gather(view);
    const moving = this.#live && this.#drawPulses(context, view, time);
    this.#drawHalos(context, view);
    const { image, side, size } = this.#sheet!;
    const [left, top] = [view.left + size / 2, view.top + size / 2];
    const { pixelRatio } = view;
    // The worst are drawn last: nothing covers a red one.
    for (let severity = 4; severity >= 1; severity--)
      for (const marker of this.#markers) {
        if (marker.severity !== severity) continue;
        const x = Math.round((marker.x * view.scale - left) * pixelRatio) / pixelRatio;
        const y = Math.round((marker.y * view.scale - top) * pixelRatio) / pixelRatio;
        context.drawImage(image, severity * side, 0, side, side, x, y, size, size);
        this.#drawMarks(context, marker, x, y, size);
        if (marker.count > 1)
          this.#counts.draw(context, marker.count > 999 ? "999+" : String(marker.count), x + size * 0.88, y + size * 0.16, Math.round(12 * this.palette.size), pixelRatio);
      }
    return moving;
  }

  /** Id of the case nearest to a point of the screen, within reach of a pointer, the worst first, or undefined. */
  caseAt(view: CanvasView, x: number, y: number): string | undefined {
    const reach = (markerSize * 0.6 * this.palette.size) ** 2;
    let [best, found]: [number, string | undefined] = [Infinity, undefined];
    for (const [id, open] of this.#cases) {
      const away = (open.x * view.scale - view.left - x) ** 2 + (open.y * view.scale - view.top - y) ** 2;
      const rank = open.severity * 1e9 + away;
      if (away <= reach && rank < best) [best, found] = [rank, id];
    }
    return found;
  }

  #put(row: CaseRow, before: ReadonlyMap<string, OpenCase>, now: number): void {
    const [id, , , severity, stage, lat6, lon6, reportedAt, , reached, escalations, whistle] = row;
    if (ended.includes(stage)) return this.#remove(id);
    const known = Math.min(4, Math.max(1, severity));
    const level = Math.min(3, Math.max(0, reached));
    const was = before.get(id);
    this.#cases.set(id, { x: worldX(lon6 / 1e6), y: worldY(lat6 / 1e6), severity: known, level, escalated: escalations > 0, whistle: whistle !== "" });
    const until = reportedAt + pulseMilliseconds[known]!;
    if (was && level > was.level && level >= overdueLevel) this.#pulses.set(id, { until: now + overduePulseMilliseconds, colour: this.palette.overdue });
    else if (!this.#acknowledged.has(id) && now < until && !this.#pulses.has(id)) this.#pulses.set(id, { until, colour: this.palette.levels[known]! });
  }

  #remove(id: string): void {
    this.#cases.delete(id);
    this.#pulses.delete(id);
    this.#acknowledged.delete(id);
  }

  #change(): void {
    this.#stale = true;
    this.onChange();
  }

  #prepare(pixelRatio: number): void {
    if (pixelRatio === this.#pixelRatio) return;
    this.#pixelRatio = pixelRatio;
    this.#sheet = severitySheet(this.palette, markerSize * this.palette.size, pixelRatio);
    this.#halos = haloSheet(this.palette, haloSize * this.palette.size, pixelRatio);
    this.#marks = markSheet(this.palette, markSize * this.palette.size, pixelRatio);
  }

  /** Makes the markers of the view, when the cases or the view are others than before. */
  #gather(view: CanvasView): void {
    const seen = this.#gathered;
    if (!this.#stale && seen.zoom === view.zoom && seen.left === view.left && seen.top === view.top && seen.width === view.width && seen.height === view.height) return;
    const { zoom, left, top, width, height } = view;
    this.#gathered = { zoom, left, top, width, height };
    this.#stale = false;
    const cells = this.#cells;
    cells.reset(view, cellSize * this.palette.size);
    this.#markers = [];
    const markerOf = new Map<number, Marker>();
    for (const { x, y, severity, level, escalated, whistle } of this.#cases.values()) {
      const cell = cells.add(x, y, severity);
      if (cell < 0) continue;
      let marker = markerOf.get(cell);
      if (!marker) {
        markerOf.set(cell, marker = { x: 0, y: 0, severity, count: 0, level: 0, escalated: false, whistle: false });
        this.#markers.push(marker);
      }
      marker.level = Math.max(marker.level, level);
      marker.escalated ||= escalated;
      marker.whistle ||= whistle;
    }
    for (const [cell, marker] of markerOf) {
      marker.count = cells.counts[cell]!;
      marker.x = cells.sumX[cell]! / marker.count;
      marker.y = cells.sumY[cell]! / marker.count;
      marker.severity = cells.worst[cell]!;
    }
  }

  /** Below every sign, the worst last. */
  #drawHalos(context: CanvasRenderingContext2D, view: CanvasView): void {
    const { image, side, size } = this.#halos!;
    const { pixelRatio } = view;
    for (let level = 1; level <= 3; level++)
      for (const marker of this.#markers) {
        if (marker.level !== level) continue;
        const x = Math.round((marker.x * view.scale - view.left - size / 2) * pixelRatio) / pixelRatio;
        const y = Math.round((marker.y * view.scale - view.top - size / 2) * pixelRatio) / pixelRatio;
        context.drawImage(image, level * side, 0, side, side, x, y, size, size);
      }
  }

  /** At the sign's corners: escalated above at the left, the whistle below at the right. */
  #drawMarks(context: CanvasRenderingContext2D, marker: Marker, left: number, top: number, sign: number): void {
    const { image, side, size } = this.#marks!;
    if (marker.escalated) context.drawImage(image, 0, 0, side, side, left + sign * 0.14 - size / 2, top + sign * 0.16 - size / 2, size, size);
    if (marker.whistle) context.drawImage(image, side, 0, side, side, left + sign * 0.88 - size / 2, top + sign * 0.84 - size / 2, size, size);
  }

  #drawPulses(context: CanvasRenderingContext2D, view: CanvasView, time: number): boolean {
    if (this.#pulses.size === 0) return false;
    const now = this.now();
    const reach = markerSize * this.palette.size;
    // A second and a half a beat: seen across a room, and far below what could trouble anybody (WCAG 2.3.1: three flashes a second).
    const beat = (time % 1_500) / 1_500;
    context.lineWidth = 4 * this.palette.size;
    for (const [id, { until, colour }] of this.#pulses) {
      const open = this.#cases.get(id);
      if (!open || now >= until) {
        this.#pulses.delete(id);
        continue;
      }
      const x = open.x * view.scale - view.left;
      const y = open.y * view.scale - view.top;
      if (x < -2 * reach || y < -2 * reach || x > view.width + 2 * reach || y > view.height + 2 * reach) continue;
      context.globalAlpha = 1 - beat;
      context.strokeStyle = colour;
      context.beginPath();
      // From outside every ring on, so that what moves is never taken for one.
      context.arc(x, y, reach * (0.72 + beat * 0.75), 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
    return this.#pulses.size > 0;
  }
}
