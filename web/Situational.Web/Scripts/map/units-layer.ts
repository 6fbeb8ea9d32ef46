import type { CanvasPainter, CanvasView } from "blazor-leaflet";
import { Cells } from "./cells";
import { DotField, type Stamp } from "./dot-field";
import { Fleet, hidden } from "./fleet";
import { closeZoom, designZoom, type Palette } from "./palette";
import { Room } from "./room";
import { directions, dotStamps, type SpriteSheet, sosSheet, unitSheet, WordSprites } from "./sprites";
import type { UnitRow } from "./types";

/** Signs may cover this share of the map; with more units they become dots, and counts say how many. */
const crowdedShare = 0.12;

/** Size of a unit's sign at the design's size, CSS pixels. */
const signSize = 22;
/** Size of a dot in a thin and in a thick crowd, and the share of the map from which it is thick. */
const dotSizes = [11, 7] as const;
const thickShare = 0.2;

/** Size of the sign of a unit that calls for help, CSS pixels, and of what is written at it. */
const sosSize = 46;
const sosWordSize = 15;

/** Side of the cells that are counted when it is crowded, CSS pixels. */
const cellSize = 96;

/** Fewest units in a cell whose count is written. */
const leastCount = 5;

/** Counts are taken anew after this time, ms: numbers that flicker cannot be read. */
const countEvery = 1_000;

/** Call signs are written close by, when there are at most so many units on the map. */
const callSignMost = 150;

/** A call sign that was not written needs this much room around it, CSS pixels: one on the edge would come and go. */
const spare = 8;

/** What is said at the chosen unit, CSS pixels. */
const chosenWordSize = 13;

/**
 * Units on one canvas: signs with heading and state; in a crowd dots with counts; close by with call signs. On another one, from near and
 * far, whoever calls for help, also one that is not heard any more, and what is said of the chosen unit.
 * Where the page is about one squad, its units have call signs from afar, too, and all others are pale and without.
 */
export class UnitsLayer implements CanvasPainter {
  /** Draw again. Set by whoever puts the layer on a map. */
  onChange: () => void = () => {};
  /** Whoever calls for help is to be drawn again, or is not any more. Set like {@link onChange}. */
  onHelp: () => void = () => {};
  /** Draws whoever calls for help, and the chosen unit's words: for a canvas above all others, where neither units nor cases cover them. */
  readonly help: CanvasPainter = { draw: (context, view, time) => this.#drawChosen(context, view, time, this.#drawCallsForHelp(context, view, time)) };
  /** What is written for a place that nobody knows; empty, and calls for help from there are not drawn, where a list beside the map has them. */
  nowhere = "";
  readonly fleet = new Fleet();
  readonly #cells = new Cells();
  readonly #words: WordSprites;
  readonly #counts: WordSprites;
  readonly #calls: WordSprites;
  readonly #room = new Room();
  readonly #written = new Set<string>();
  readonly #chosenWords: WordSprites;
  #squad: string | undefined;
  #chosen: { readonly id: string; readonly words: string } | undefined;
  #sheet: SpriteSheet | undefined;
  #pale: SpriteSheet | undefined;
  #sos: SpriteSheet | undefined;
  #dots: readonly (readonly Stamp[])[] = [];
  #paleDots: readonly (readonly Stamp[])[] = [];
  readonly #field = new DotField();
  #pixelRatio = 0;
  #crowded = false;
  #counted = { at: -Infinity, zoom: NaN, left: NaN, top: NaN };

  constructor(private readonly palette: Palette, private readonly now: () => number = () => performance.now()) {
    this.#words = new WordSprites({ font: palette.font, text: palette.text, ground: palette.ground });
    this.#counts = new WordSprites({ font: palette.font, text: palette.liveText, ground: palette.ground, edge: palette.live });
    this.#calls = new WordSprites({ font: palette.font, text: palette.text, ground: palette.ground, edge: palette.overdue });
    // Its words change each second: few of them are worth keeping.
    this.#chosenWords = new WordSprites({ font: palette.font, text: palette.text, ground: palette.ground, edge: palette.text }, 4);
  }

  /** Id of the squad that the page is about. Default: none, all units are alike. */
  get squad(): string | undefined {
    return this.#squad;
  }

  set squad(squad: string | undefined) {
    if (squad === this.#squad) return;
    this.#squad = squad;
    this.#written.clear();
    this.onChange();
  }

  /** Says something at one unit, wherever it goes; without words says nothing. */
  choose(id: string, words: string): void {
    if (words === (this.#chosen?.words ?? "") && (words === "" || id === this.#chosen?.id)) return;
    this.#chosen = words === "" ? undefined : { id, words };
    this.#written.clear();
    this.onChange();
    this.onHelp();
  }

  /** Whether dots and counts are drawn instead of signs. */
  get crowded(): boolean {
    return this.#crowded;
  }

  /** Forgets every unit and takes these. Those that were there before glide on from where they are. */
  reset(rows: Iterable<UnitRow>): void {
    const left = new Set([...this.fleet.ids.filter(id => id !== undefined), ...this.fleet.lost.keys()]);
    const time = this.now();
    for (const row of rows) {
      left.delete(row[0]);
      this.fleet.put(row, time);
    }
    for (const id of left) this.fleet.remove(id);
    this.onChange();
    this.onHelp();
  }

  update(rows: readonly UnitRow[], gone: readonly string[]): void {
    const time = this.now();
    let [changed, help] = [false, false];
    for (const row of rows) {
      const calls = row[12] > 0 || this.#isOnTop(row[0]);
      if (!this.fleet.put(row, time)) continue;
      changed = true;
      help = help || calls;
    }
    for (const id of gone) {
      const calls = this.#isOnTop(id);
      if (!this.fleet.remove(id)) continue;
      changed = true;
      help = help || calls;
    }
    if (changed) this.onChange();
    if (help) this.onHelp();
  }

  forget(): void {
    this.#pixelRatio = 0;
    this.#words.forget();
    this.#counts.forget();
    this.#calls.forget();
    this.#chosenWords.forget();
  }

  draw(context: CanvasRenderingContext2D, view: CanvasView, time: number): boolean {
    this.#prepare(view.pixelRatio);
    const visible = this.#visible(view);
    const area = view.width * view.height;
    const side = signSize * this.palette.size;
    // Some slack between crowding and loosening, or a unit on the edge of the map would switch the picture to and fro.
    this.#crowded = visible * side * side > area * crowdedShare * (this.#crowded ? 0.8 : 1);
    const thick = visible * (dotSizes[0] * this.palette.size) ** 2 > area * thickShare;
    const size = thick ? 1 : 0;
    if (this.#squad !== undefined) {
      const others = this.#crowded ? this.#drawDots(context, view, time, this.#paleDots[size]!) : this.#drawSigns(context, view, time, this.#pale!, "others");
      // One squad is no crowd.
      const own = this.#drawSigns(context, view, time, this.#sheet!, "own");
      this.#drawCallSigns(context, view, time);
      return own || others;
    }
    const moving = this.#crowded ? this.#drawDots(context, view, time, this.#dots[size]!) : this.#drawSigns(context, view, time, this.#sheet!, "all");
    if (this.#crowded) this.#drawCounts(context, view, time);
    else if (designZoom(view.zoom, this.palette) >= closeZoom && visible <= callSignMost) this.#drawCallSigns(context, view, time);
    else this.#written.clear();
    return moving;
  }

  /** Call sign of the unit drawn nearest to a point of the screen, within reach of a pointer, or undefined. */
  unitAt(view: CanvasView, x: number, y: number, time: number): string | undefined {
    return this.fleet.callSign[this.#nearest(view, x, y, time)];
  }

  /** The same unit's id. */
  idAt(view: CanvasView, x: number, y: number, time: number): string | undefined {
    return this.fleet.ids[this.#nearest(view, x, y, time)];
  }

  #nearest(view: CanvasView, x: number, y: number, time: number): number {
    const { fleet } = this;
    let [best, found] = [(14 * this.palette.size) ** 2, -1];
    for (let slot = 0; slot < fleet.length; slot++) {
      if (fleet.state[slot] === hidden && !fleet.sos.has(slot)) continue;
      const away = (fleet.x(slot, time) * view.scale - view.left - x) ** 2 + (fleet.y(slot, time) * view.scale - view.top - y) ** 2;
      if (away < best) [best, found] = [away, slot];
    }
    return found;
  }

  #prepare(pixelRatio: number): void {
    if (pixelRatio === this.#pixelRatio) return;
    this.#pixelRatio = pixelRatio;
    this.#sheet = unitSheet(this.palette, signSize * this.palette.size, pixelRatio);
    const pale: Palette = { ...this.palette, live: this.palette.other, late: this.palette.other, silent: this.palette.other };
    this.#pale = unitSheet(pale, signSize * this.palette.size, pixelRatio);
    this.#paleDots = dotSizes.map(size => dotStamps(pale, size * this.palette.size, pixelRatio));
    this.#sos = sosSheet(this.palette, sosSize * this.palette.size, pixelRatio);
    this.#dots = dotSizes.map(size => dotStamps(this.palette, size * this.palette.size, pixelRatio));
  }

  #visible(view: CanvasView): number {
    const { fleet } = this;
    const [west, north] = [view.left / view.scale, view.top / view.scale];
    const [east, south] = [west + view.width / view.scale, north + view.height / view.scale];
    let visible = 0;
    for (let slot = 0; slot < fleet.length; slot++) {
      const x = fleet.toX[slot]!;
      const y = fleet.toY[slot]!;
      if (fleet.state[slot] !== hidden && x >= west && x <= east && y >= north && y <= south) visible++;
    }
    return visible;
  }

  #isOnTop(id: string): boolean {
    return id === this.#chosen?.id || this.fleet.calls(id);
  }

  #drawSigns(context: CanvasRenderingContext2D, view: CanvasView, time: number, sheet: SpriteSheet, whose: "all" | "own" | "others"): boolean {
    const { fleet } = this;
    const { image, side, size } = sheet;
    const { scale, pixelRatio } = view;
    const [left, top] = [view.left + size / 2, view.top + size / 2];
    let moving = false;
    // Live ones are drawn last: nothing covers them.
    for (let state = hidden - 1; state >= 0; state--)
      for (let slot = 0; slot < fleet.length; slot++) {
        if (fleet.state[slot] !== state || (whose !== "all" && (fleet.squad[slot] === this.#squad) !== (whose === "own"))) continue;
        if (!moving && fleet.remaining(slot, time) > 0) moving = true;
        const x = fleet.x(slot, time) * scale - left;
        const y = fleet.y(slot, time) * scale - top;
        if (x < -size || y < -size || x > view.width || y > view.height) continue;
        const degrees = fleet.heading[slot]!;
        const column = degrees < 0 ? directions : Math.round((degrees * directions) / 360) % directions;
        // Whole device pixels need no filtering; a sign that moves some metres a second shows no steps.
        context.drawImage(image, column * side, state * side, side, side, Math.round(x * pixelRatio) / pixelRatio, Math.round(y * pixelRatio) / pixelRatio, size, size);
      }
    return moving;
  }

  /** The loop that 10,000 units go through each frame: nothing is allocated. */
  #drawDots(context: CanvasRenderingContext2D, view: CanvasView, time: number, stamps: readonly Stamp[]): boolean {
    const { fromX, fromY, toX, toY, started, pace, state, length } = this.fleet;
    const field = this.#field;
    field.begin(Math.round(view.width * view.pixelRatio), Math.round(view.height * view.pixelRatio));
    stamps.forEach((stamp, kind) => field.use(kind, stamp));
    const half = stamps[0]!.side / 2;
    const scale = view.scale * view.pixelRatio;
    const [left, top] = [view.left * view.pixelRatio + half, view.top * view.pixelRatio + half];
    const { width, height } = field;
    let moving = false;
    for (let wanted = hidden - 1; wanted >= 0; wanted--)
      for (let slot = 0; slot < length; slot++) {
        if (state[slot] !== wanted) continue;
        let x = toX[slot]!;
        let y = toY[slot]!;
        const speed = pace[slot]!;
        if (speed !== 0) {
          const done = (time - started[slot]!) * speed;
          if (done < 1) {
            const rest = done > 0 ? 1 - done : 1;
            x += (fromX[slot]! - x) * rest;
            y += (fromY[slot]! - y) * rest;
            moving = true;
          }
        }
        x = Math.round(x * scale - left);
        y = Math.round(y * scale - top);
        if (x > -64 && y > -64 && x < width && y < height) field.put(wanted, x, y);
      }
    field.end(context);
    return moving;
  }

  #drawCounts(context: CanvasRenderingContext2D, view: CanvasView, time: number): void {
    const { fleet } = this;
    const cells = this.#cells;
    const counted = this.#counted;
    if (time - counted.at >= countEvery || counted.zoom !== view.zoom || counted.left !== view.left || counted.top !== view.top) {
      this.#counted = { at: time, zoom: view.zoom, left: view.left, top: view.top };
      cells.reset(view, cellSize * this.palette.size);
      for (let slot = 0; slot < fleet.length; slot++)
        if (fleet.state[slot] !== hidden) cells.add(fleet.toX[slot]!, fleet.toY[slot]!, fleet.state[slot]!);
    }
    const size = Math.round(13 * this.palette.size);
    for (let cell = 0; cell < cells.length; cell++) {
      const count = cells.counts[cell]!;
      if (count < leastCount) continue;
      const x = (cells.sumX[cell]! / count) * view.scale - view.left;
      const y = (cells.sumY[cell]! / count) * view.scale - view.top;
      this.#counts.draw(context, String(count), x, y, size, view.pixelRatio);
    }
  }

  #drawCallsForHelp(context: CanvasRenderingContext2D, view: CanvasView, time: number): boolean {
    const { fleet } = this;
    if (fleet.sos.size === 0 && fleet.lost.size === 0) return false;
    this.#prepare(view.pixelRatio);
    if (this.nowhere !== "") this.#drawLost(context, view);
    const { image, side, size } = this.#sos!;
    let moving = false;
    for (const slot of fleet.sos) {
      moving = moving || fleet.remaining(slot, time) > 0;
      const x = fleet.x(slot, time) * view.scale - view.left;
      const y = fleet.y(slot, time) * view.scale - view.top;
      if (x < -size || y < -size || x > view.width + size || y > view.height + size) continue;
      context.drawImage(image, 0, 0, side, side, Math.round(x - size / 2), Math.round(y - size / 2), size, size);
      const words = `SOS ${fleet.callSign[slot] || fleet.ids[slot] || ""}`.trim();
      const wordSize = Math.round(sosWordSize * this.palette.size);
      const { width, height } = this.#calls.measure(words, wordSize, view.pixelRatio);
      const below = size / 2 + 11 * this.palette.size;
      this.#calls.draw(context, words, within(x, width, view.width), y + below + height / 2 > view.height ? y - below : y + below, wordSize, view.pixelRatio);
    }
    return moving;
  }

  /** Who calls for help from nobody knows where stands at the head of the map, whatever it shows. */
  #drawLost(context: CanvasRenderingContext2D, view: CanvasView): void {
    const { image, side, size } = this.#sos!;
    const wordSize = Math.round(sosWordSize * this.palette.size);
    const x = view.width / 2;
    let y = size;
    for (const callSign of this.fleet.lost.values()) {
      context.drawImage(image, 0, 0, side, side, Math.round(x - size / 2), Math.round(y - size / 2), size, size);
      this.#calls.draw(context, `SOS ${callSign} · ${this.nowhere}`, x, y + size / 2 + 11 * this.palette.size, wordSize, view.pixelRatio);
      y += size + 3 * wordSize;
    }
  }

  /** @param moving whether something else on this canvas moves. */
  #drawChosen(context: CanvasRenderingContext2D, view: CanvasView, time: number, moving: boolean): boolean {
    const { fleet } = this;
    const slot = this.#chosen && fleet.slotOf(this.#chosen.id);
    if (this.#chosen === undefined || slot === undefined || (fleet.state[slot] === hidden && !fleet.sos.has(slot))) return moving;
    const x = fleet.x(slot, time) * view.scale - view.left;
    const y = fleet.y(slot, time) * view.scale - view.top - this.#above(slot);
    this.#chosenWords.draw(context, this.#chosen.words, x, y, Math.round(chosenWordSize * this.palette.size), view.pixelRatio);
    return moving || fleet.remaining(slot, time) > 0;
  }

  /** How far above its place a unit's words stand, CSS pixels. */
  #above(slot: number): number {
    return ((this.fleet.sos.has(slot) ? sosSize : signSize) / 2 + 12) * this.palette.size;
  }

  /** Those written in the frame before come first, so that two units that stand close do not take turns. */
  #drawCallSigns(context: CanvasRenderingContext2D, view: CanvasView, time: number): void {
    const written = this.#written;
    this.#room.clear();
    const chosen = this.#chosen && this.fleet.slotOf(this.#chosen.id);
    if (this.#chosen && chosen !== undefined) {
      const { width, height } = this.#chosenWords.measure(this.#chosen.words, Math.round(chosenWordSize * this.palette.size), view.pixelRatio);
      this.#room.take(this.fleet.x(chosen, time) * view.scale - view.left, this.fleet.y(chosen, time) * view.scale - view.top - this.#above(chosen), width, height);
    }
    for (const id of written) {
      const slot = this.fleet.slotOf(id);
      if (slot === undefined || !this.#drawCallSign(context, view, time, slot, 0)) written.delete(id);
    }
    const { state, ids, squad, length } = this.fleet;
    for (let slot = 0; slot < length; slot++) {
      const id = ids[slot];
      if (state[slot] === hidden || id === undefined || written.has(id) || (this.#squad !== undefined && squad[slot] !== this.#squad) || id === this.#chosen?.id) continue;
      if (this.#drawCallSign(context, view, time, slot, spare * this.palette.size)) written.add(id);
    }
  }

  /** @param apart free space asked for around it, CSS pixels. Returns whether there was room. */
  #drawCallSign(context: CanvasRenderingContext2D, view: CanvasView, time: number, slot: number, apart: number): boolean {
    const { fleet } = this;
    const callSign = fleet.callSign[slot];
    if (!callSign || fleet.state[slot] === hidden) return false;
    let x = fleet.x(slot, time) * view.scale - view.left;
    let y = fleet.y(slot, time) * view.scale - view.top;
    const below = (signSize / 2 + 9) * this.palette.size;
    if (x < -60 || y + below < -30 || x > view.width + 60 || y + below > view.height + 60) return false;
    const size = Math.round(12 * this.palette.size);
    const { width, height } = this.#words.measure(callSign, size, view.pixelRatio);
    // Of a unit that is seen the whole call sign is: at the map's lower edge above its sign.
    const seen = x >= 0 && x <= view.width && y >= 0 && y <= view.height;
    if (seen) x = within(x, width, view.width);
    y += seen && y + below + height / 2 > view.height ? -below : below;
    if (!this.#room.take(x, y, width, height, apart)) return false;
    this.#words.draw(context, callSign, x, y, size, view.pixelRatio);
    return true;
  }
}

/** The middle of something as near as can be to a place so that the whole of it is within a length. */
function within(middle: number, size: number, length: number): number {
  return size > length ? length / 2 : Math.min(length - size / 2, Math.max(size / 2, middle));
}
