import { type CanvasView, placeLocal, placeScreen } from "blazor-leaflet";
import { AreaLabels } from "./area-labels";
import type { Palette } from "./palette";
import { type AreaShape, areasIn, type CityShapes, localUnit, type Patch, type ShapeLevel, typicalSize } from "./shapes";

/** How much of a risk's colour covers the ground: unknown, red, orange, yellow, blue. The worse, the more. */
const cover: readonly number[] = [0.35, 0.8, 0.66, 0.44, 0.24];

/** Paints grids and outlines. It keeps the shapes as paths, made once. */
export class GridsArtist {
  readonly #paths = new Map<AreaShape, Path2D>();
  #shapes: CityShapes | undefined;
  readonly #patterns = new Map<string, CanvasPattern>();
  #patternRatio = 0;

  readonly #labels: AreaLabels;

  constructor(private readonly palette: Palette) {
    this.#labels = new AreaLabels(palette);
  }

  use(shapes: CityShapes): void {
    this.#shapes = shapes;
    this.#paths.clear();
    this.#labels.clear();
  }

  /** The patterns are blank. */
  forget(): void {
    this.#patterns.clear();
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
    const shown = areasIn(shapes.grids, box);

    placeLocal(context, view, shapes.anchorX, shapes.anchorY, localUnit);
    const borders = new Path2D();
    const hatched = new Path2D();
    let anyHatched = false;
    let unknown: Path2D | undefined;
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
      if (level === 0) unknown = fills;
      context.globalAlpha = cover[level]!;
      context.fillStyle = this.palette.levels[level]!;
      context.fill(fills);
    }
    context.globalAlpha = 1;
    if (unknown) this.#cover(context, view, unknown, within, "dots");
    if (anyHatched) this.#cover(context, view, hatched, within, "stripes");

    placeLocal(context, view, shapes.anchorX, shapes.anchorY, localUnit);
    context.lineJoin = "round";
    // Borders may not swallow small grids: thin from afar.
    const thickness = Math.min(1, Math.max(0.35, (typicalSize(shapes.grids).width * scale) / 40));
    context.strokeStyle = this.palette.ground;
    context.lineWidth = (1.25 * thickness * this.palette.size) / scale;
    context.stroke(borders);
    this.#outline(context, shapes, scale, box);
    context.globalAlpha = 1;
    placeScreen(context, view);
    this.#labels.draw(context, view, shapes, scale, x, y, within, risk);
  }

  /** Higher areas: the higher, the thicker. */
  #outline(context: CanvasRenderingContext2D, shapes: CityShapes, scale: number, box: Patch): void {
    context.strokeStyle = this.palette.muted;
    for (let level = shapes.levels.length - 2; level >= 0; level--) {
      const { areas } = shapes.levels[level] as ShapeLevel;
      const rank = shapes.levels.length - 1 - level;
      const outlines = new Path2D();
      for (const index of areasIn(areas, box)) outlines.addPath(this.pathOf(areas[index]!));
      context.globalAlpha = Math.min(0.95, 0.55 + 0.15 * rank);
      context.lineWidth = ((1.1 + 0.8 * rank) * this.palette.size) / scale;
      context.stroke(outlines);
    }
  }

  /** Nobody takes a grid for fine that nothing is known of: dots where the risk is unknown; grey and stripes over the colour where it is silent. */
  #cover(context: CanvasRenderingContext2D, view: CanvasView, path: Path2D, within: Patch, pattern: "dots" | "stripes"): void {
    context.save();
    context.clip(path);
    placeScreen(context, view);
    if (pattern === "stripes") {
      context.globalAlpha = 0.4;
      context.fillStyle = this.palette.silent;
      context.fillRect(within.left, within.top, within.right - within.left, within.bottom - within.top);
    }
    context.globalAlpha = 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.#pattern(context, view.pixelRatio, pattern);
    const ratio = view.pixelRatio;
    context.fillRect(within.left * ratio, within.top * ratio, (within.right - within.left) * ratio, (within.bottom - within.top) * ratio);
    context.restore();
  }

  #pattern(context: CanvasRenderingContext2D, pixelRatio: number, name: "dots" | "stripes"): CanvasPattern {
    if (pixelRatio !== this.#patternRatio) this.#patterns.clear();
    this.#patternRatio = pixelRatio;
    let pattern = this.#patterns.get(name);
    if (pattern) return pattern;
    const side = Math.max(6, Math.round(10 * this.palette.size * pixelRatio));
    const tile = document.createElement("canvas");
    tile.width = tile.height = side;
    const pen = tile.getContext("2d")!;
    pen.beginPath();
    if (name === "stripes") {
      pen.strokeStyle = this.palette.ground;
      pen.lineWidth = side * 0.24;
      pen.lineCap = "square";
      for (const shift of [-side, 0, side]) {
        pen.moveTo(shift, side);
        pen.lineTo(shift + side, 0);
      }
      pen.stroke();
    } else {
      pen.fillStyle = this.palette.muted;
      pen.arc(side / 2, side / 2, side * 0.13, 0, 2 * Math.PI);
      pen.fill();
    }
    pattern = context.createPattern(tile, "repeat")!;
    this.#patterns.set(name, pattern);
    return pattern;
  }
}
