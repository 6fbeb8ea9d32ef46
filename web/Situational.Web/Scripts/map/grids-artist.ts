import { type CanvasView, placeLocal, placeScreen } from "blazor-leaflet";
import type { Palette } from "./palette";
import { type AreaShape, type CityShapes, localUnit, type ShapeLevel } from "./shapes";
import { severityShapes } from "./sprites";

/** A part of the painting, in its CSS pixels; also a box in local units. */
export interface Patch {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How much of a risk's colour covers the ground: unknown, red, orange, yellow, blue. The worse, the more. */
const cover: readonly number[] = [0.35, 0.72, 0.58, 0.42, 0.24];

/** Roman numerals of risks, as on the severity signs. */
export const numerals: readonly string[] = ["", "I", "II", "III", "IV"];

const labelSize = 14;

/** Paints grids and outlines. It keeps the shapes as paths, made once. */
export class GridsArtist {
  readonly #paths = new Map<AreaShape, Path2D>();
  #shapes: CityShapes | undefined;
  #hatching: CanvasPattern | undefined;
  #hatchingRatio = 0;
  readonly #widths = new Map<string, number>();

  constructor(private readonly palette: Palette) {}

  use(shapes: CityShapes): void {
    this.#shapes = shapes;
    this.#paths.clear();
    this.#widths.clear();
  }

  /** The path of an area in local units. */
  pathOf(area: AreaShape): Path2D {
    let path = this.#paths.get(area);
    if (path) return path;
    path = new Path2D();
    for (const ring of area.rings) {
      path.moveTo(ring[0]!, ring[1]!);
      for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at]!, ring[at + 1]!);
      path.closePath();
    }
    this.#paths.set(area, path);
    return path;
  }

  /** Paints what lies in the patch, or everything. The context must be clear there, and clipped to it. */
  paint(context: CanvasRenderingContext2D, view: CanvasView, risk: Uint8Array, silent: Uint8Array, patch?: Patch): void {
    const shapes = this.#shapes;
    if (!shapes) return;
    const scale = localUnit * view.scale;
    const x = shapes.anchorX * view.scale - view.left;
    const y = shapes.anchorY * view.scale - view.top;
    const within = patch ?? { left: 0, top: 0, right: view.width, bottom: view.height };
    const box = { left: (within.left - x) / scale, top: (within.top - y) / scale, right: (within.right - x) / scale, bottom: (within.bottom - y) / scale };
    const shown = indicesIn(shapes.grids, box);

    placeLocal(context, view, shapes.anchorX, shapes.anchorY, localUnit);
    const borders = new Path2D();
    const hatched = new Path2D();
    let anyHatched = false;
    for (let level = 0; level <= 4; level++) {
      const fills = new Path2D();
      let any = false;
      for (const index of shown) {
        if (risk[index] !== level) continue;
        const path = this.pathOf(shapes.grids[index]!);
        fills.addPath(path);
        borders.addPath(path);
        any = true;
        if (silent[index] === 1) {
          hatched.addPath(path);
          anyHatched = true;
        }
      }
      if (!any) continue;
      context.globalAlpha = cover[level]!;
      context.fillStyle = this.palette.levels[level]!;
      context.fill(fills);
    }
    context.globalAlpha = 1;
    if (anyHatched) this.#hatch(context, view, hatched, within);

    placeLocal(context, view, shapes.anchorX, shapes.anchorY, localUnit);
    context.lineJoin = "round";
    // Borders may not swallow small grids: thin from afar.
    const thickness = Math.min(1, Math.max(0.35, (typicalWidth(shapes.grids) * scale) / 40));
    context.strokeStyle = this.palette.ground;
    context.lineWidth = (1.25 * thickness * this.palette.size) / scale;
    context.stroke(borders);
    this.#outline(context, shapes, scale, box);
    context.globalAlpha = 1;
    placeScreen(context, view);
    this.#label(context, shapes, scale, x, y, within, risk);
  }

  /** Higher areas: the higher, the thicker. */
  #outline(context: CanvasRenderingContext2D, shapes: CityShapes, scale: number, box: Patch): void {
    context.strokeStyle = this.palette.muted;
    for (let level = shapes.levels.length - 2; level >= 0; level--) {
      const { areas } = shapes.levels[level] as ShapeLevel;
      const rank = shapes.levels.length - 1 - level;
      const outlines = new Path2D();
      for (const index of indicesIn(areas, box)) outlines.addPath(this.pathOf(areas[index]!));
      context.globalAlpha = Math.min(0.85, 0.35 + 0.15 * rank);
      context.lineWidth = ((0.8 + 0.6 * rank) * this.palette.size) / scale;
      context.stroke(outlines);
    }
  }

  /** Grey over the colour, and stripes: nobody takes a grid for fine that nothing was heard of. */
  #hatch(context: CanvasRenderingContext2D, view: CanvasView, path: Path2D, within: Patch): void {
    context.save();
    context.clip(path);
    placeScreen(context, view);
    context.globalAlpha = 0.4;
    context.fillStyle = this.palette.silent;
    context.fillRect(within.left, within.top, within.right - within.left, within.bottom - within.top);
    context.globalAlpha = 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.#stripes(context, view.pixelRatio);
    const ratio = view.pixelRatio;
    context.fillRect(within.left * ratio, within.top * ratio, (within.right - within.left) * ratio, (within.bottom - within.top) * ratio);
    context.restore();
  }

  #stripes(context: CanvasRenderingContext2D, pixelRatio: number): CanvasPattern {
    if (this.#hatching && this.#hatchingRatio === pixelRatio) return this.#hatching;
    const side = Math.max(6, Math.round(10 * this.palette.size * pixelRatio));
    const tile = document.createElement("canvas");
    tile.width = tile.height = side;
    const pen = tile.getContext("2d")!;
    pen.strokeStyle = this.palette.ground;
    pen.lineWidth = side * 0.24;
    pen.lineCap = "square";
    pen.beginPath();
    for (const shift of [-side, 0, side]) {
      pen.moveTo(shift, side);
      pen.lineTo(shift + side, 0);
    }
    pen.stroke();
    this.#hatchingRatio = pixelRatio;
    return this.#hatching = context.createPattern(tile, "repeat")!;
  }

  /** Names of the lowest level whose areas have room for them; grids with less room say their risk's letter alone. */
  #label(context: CanvasRenderingContext2D, shapes: CityShapes, scale: number, x: number, y: number, within: Patch, risk: Uint8Array): void {
    const size = Math.round(labelSize * this.palette.size);
    const level = this.#labelled(shapes, scale, size);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3 * this.palette.size;
    context.strokeStyle = this.palette.ground;
    const isGrids = level === shapes.levels.length - 1;
    if (level >= 0) {
      const bold = isGrids ? size : Math.round(size * 1.25);
      context.font = `${isGrids ? 500 : 700} ${bold}px ${this.palette.font}`;
      const areas = shapes.levels[level]!.areas;
      for (let index = 0; index < areas.length; index++) {
        const area = areas[index]!;
        const place = { x: area.labelX * scale + x, y: area.labelY * scale + y };
        const width = this.#widthOf(context, area.name);
        if (!touches(place, width / 2 + 8, size * 1.6, within)) continue;
        const room = (area.right - area.left) * scale;
        if (width > room * 0.92) continue;
        context.globalAlpha = isGrids ? 1 : 0.9;
        context.fillStyle = this.palette.text;
        context.strokeText(area.name, place.x, place.y - (isGrids ? size * 0.45 : 0));
        context.fillText(area.name, place.x, place.y - (isGrids ? size * 0.45 : 0));
        if (isGrids) this.#riskSign(context, risk[index]!, place.x, place.y + size * 0.85, size);
      }
      context.globalAlpha = 1;
    }
  }

  #riskSign(context: CanvasRenderingContext2D, risk: number, x: number, y: number, size: number): void {
    if (risk === 0) return;
    context.save();
    const side = size * 0.8;
    const width = context.measureText(numerals[risk]!).width;
    context.translate(x - (side + width + size * 0.3) / 2, y - side / 2);
    context.scale(side / 24, side / 24);
    const shape = new Path2D(severityShapes[risk]);
    context.lineWidth = 5;
    context.stroke(shape);
    context.fillStyle = this.palette.levels[risk]!;
    context.fill(shape);
    context.restore();
    const textX = x + (side + size * 0.3) / 2;
    context.strokeText(numerals[risk]!, textX, y);
    context.fillText(numerals[risk]!, textX, y);
  }

  /** Index of the lowest level whose typical area has room for a label; -1 when none has. */
  #labelled(shapes: CityShapes, scale: number, size: number): number {
    for (let level = shapes.levels.length - 1; level >= 0; level--) {
      const { areas } = shapes.levels[level] as ShapeLevel;
      const lines = level === shapes.levels.length - 1 ? 3 : 2;
      if (typicalWidth(areas) * scale >= size * 5 && typicalHeight(areas) * scale >= size * lines) return level;
    }
    return -1;
  }

  #widthOf(context: CanvasRenderingContext2D, name: string): number {
    const key = `${context.font}/${name}`;
    let width = this.#widths.get(key);
    if (width === undefined) this.#widths.set(key, width = context.measureText(name).width);
    return width;
  }
}

const typical = new WeakMap<readonly AreaShape[], { readonly width: number; readonly height: number }>();

/** Median width of areas in local units. */
function typicalWidth(areas: readonly AreaShape[]): number {
  return typicalOf(areas).width;
}

function typicalHeight(areas: readonly AreaShape[]): number {
  return typicalOf(areas).height;
}

function typicalOf(areas: readonly AreaShape[]): { readonly width: number; readonly height: number } {
  let found = typical.get(areas);
  if (found) return found;
  const median = (lengths: number[]): number => lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;
  found = { width: median(areas.map(area => area.right - area.left)), height: median(areas.map(area => area.bottom - area.top)) };
  typical.set(areas, found);
  return found;
}

function indicesIn(areas: readonly AreaShape[], { left, top, right, bottom }: Patch): number[] {
  const found: number[] = [];
  for (let index = 0; index < areas.length; index++) {
    const area = areas[index]!;
    if (area.right >= left && area.left <= right && area.bottom >= top && area.top <= bottom) found.push(index);
  }
  return found;
}

function touches(place: { readonly x: number; readonly y: number }, halfWidth: number, halfHeight: number, within: Patch): boolean {
  return place.x + halfWidth >= within.left && place.x - halfWidth <= within.right && place.y + halfHeight >= within.top && place.y - halfHeight <= within.bottom;
}
