import { type CanvasPainter, type CanvasView, worldX, worldY } from "blazor-leaflet";
import { Cells } from "./cells";
import type { Palette } from "./palette";
import { severitySheet, type SpriteSheet, WordSprites } from "./sprites";
import type { CaseRow } from "./types";

/** How long a new case pulses, ms by severity: a red one must be seen by whoever looks up within a minute. */
export const pulseMilliseconds: readonly number[] = [0, 60_000, 20_000, 10_000, 10_000];

const closedStage = 7;

/** Side of a marker, and of the cells whose cases share one, CSS pixels at the design's size. */
const markerSize = 34;
const cellSize = 46;

interface OpenCase {
  readonly x: number;
  readonly y: number;
  readonly severity: number;
  readonly reportedAt: number;
}

interface Marker {
  x: number;
  y: number;
  severity: number;
  count: number;
}

/** Open cases by severity: shape, letter and colour; cases that would cover each other share a marker with their number. */
export class CasesLayer implements CanvasPainter {
  /** Draw again. Set by whoever puts the layer on a map. */
  onChange: () => void = () => {};
  readonly #cases = new Map<string, OpenCase>();
  readonly #acknowledged = new Set<string>();
  readonly #cells = new Cells();
  readonly #counts: WordSprites;
  #new = new Set<string>();
  #markers: Marker[] = [];
  #stale = true;
  #gathered = { zoom: NaN, left: NaN, top: NaN, width: NaN, height: NaN };
  #sheet: SpriteSheet | undefined;
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
    return this.#new;
  }

  /** Forgets every case and takes these. */
  reset(rows: Iterable<CaseRow>): void {
    this.#cases.clear();
    this.#new.clear();
    for (const row of rows) this.#put(row);
    for (const id of this.#acknowledged) if (!this.#cases.has(id)) this.#acknowledged.delete(id);
    this.#change();
  }

  update(rows: readonly CaseRow[], closed: readonly string[]): void {
    if (rows.length === 0 && closed.length === 0) return;
    for (const row of rows) this.#put(row);
    for (const id of closed) this.#remove(id);
    this.#change();
  }

  /** Somebody has seen it: it pulses no more. */
  acknowledge(id: string): void {
    this.#acknowledged.add(id);
    this.#new.delete(id);
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

  #put(row: CaseRow): void {
    const [id, , , severity, stage, lat6, lon6, reportedAt] = row;
    if (stage === closedStage) return this.#remove(id);
    const known = Math.min(4, Math.max(1, severity));
    this.#cases.set(id, { x: worldX(lon6 / 1e6), y: worldY(lat6 / 1e6), severity: known, reportedAt });
    if (!this.#acknowledged.has(id) && this.now() - reportedAt < pulseMilliseconds[known]!) this.#new.add(id);
  }

  #remove(id: string): void {
    this.#cases.delete(id);
    this.#new.delete(id);
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
    for (const { x, y, severity } of this.#cases.values()) cells.add(x, y, severity);
    this.#markers = [];
    for (let cell = 0; cell < cells.length; cell++) {
      const count = cells.counts[cell]!;
      if (count > 0) this.#markers.push({ x: cells.sumX[cell]! / count, y: cells.sumY[cell]! / count, severity: cells.worst[cell]!, count });
    }
  }

  #drawPulses(context: CanvasRenderingContext2D, view: CanvasView, time: number): boolean {
    if (this.#new.size === 0) return false;
    const now = this.now();
    const reach = markerSize * this.palette.size;
    // A second and a half a beat: seen across a room, and far below what could trouble anybody (WCAG 2.3.1: three flashes a second).
    const beat = (time % 1_500) / 1_500;
    context.lineWidth = 4 * this.palette.size;
    for (const id of this.#new) {
      const open = this.#cases.get(id);
      if (!open || now - open.reportedAt >= pulseMilliseconds[open.severity]!) {
        this.#new.delete(id);
        continue;
      }
      const x = open.x * view.scale - view.left;
      const y = open.y * view.scale - view.top;
      if (x < -2 * reach || y < -2 * reach || x > view.width + 2 * reach || y > view.height + 2 * reach) continue;
      context.globalAlpha = 1 - beat;
      context.strokeStyle = this.palette.levels[open.severity]!;
      context.beginPath();
      context.arc(x, y, reach * (0.45 + beat * 0.9), 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
    return this.#new.size > 0;
  }
}
