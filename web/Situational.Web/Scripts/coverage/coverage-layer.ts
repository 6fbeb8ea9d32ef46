import { type CanvasPainter, type CanvasView, placeLocal, placeScreen, worldX, worldY } from "blazor-leaflet";
import { areasIn, type AreaShape, type CityShapes, localUnit, typicalSize } from "../map/shapes";
import { cellMissing, type CellsAnswer, cellsOf, cellWalked, gapOf, percentOf } from "./answer";

/** How much of the ground the colour of a gap covers, from nothing missing to all. */
const cover: readonly number[] = [0.3, 0.14, 0.3, 0.5, 0.72];

/** Grids that are narrower than this many CSS pixels are too small for stripes. */
const hatchPixels = 10;

/** A grid narrower than this many CSS pixels has no room for its share. */
const labelPixels = 44;

export interface CoveragePalette {
  readonly ground: string;
  readonly text: string;
  readonly edge: string;
  /** What is missing, and what was walked. */
  readonly missing: string;
  readonly walked: string;
  readonly chosen: string;
  readonly font: string;
}

export function readCoveragePalette(root: Element = document.documentElement): CoveragePalette {
  const style = getComputedStyle(root);
  const colour = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  return {
    ground: colour("--ground", "#f8fafc"), text: colour("--text", "#1c2024"), edge: colour("--muted", "#566171"),
    missing: colour("--coverage-missing", "#6e56cf"), walked: colour("--live", "#30a46c"), chosen: colour("--focus", "#0b5cc2"),
    font: getComputedStyle(document.body).fontFamily || "sans-serif",
  };
}

/**
 * Grids by how much of them is not walked: the less, the heavier the colour, hatched where nobody was, and with their share where there is
 * room. Of the chosen grid every cell: walked ones are full, missing ones a lattice of dots.
 */
export class CoverageLayer implements CanvasPainter {
  /** Draw again. Set by whoever puts the layer on a map. */
  onChange: () => void = () => {};
  readonly #paths = new Map<AreaShape, Path2D>();
  #shapes: CityShapes | undefined;
  #shares: ReadonlyMap<string, number> = new Map();
  #visible = false;
  #chosen = "";
  #cells: { readonly answer: CellsAnswer; readonly image: HTMLCanvasElement } | undefined;
  #hatch: CanvasPattern | undefined;
  #hatchRatio = 0;

  constructor(private readonly palette: CoveragePalette) {}

  forget(): void {
    this.#hatch = undefined;
    if (this.#cells) this.cells(this.#cells.answer);
  }

  get visible(): boolean {
    return this.#visible;
  }

  set visible(visible: boolean) {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.onChange();
  }

  /** @param shapes undefined before there is a territory. @param shares by code; grids without one are not drawn. */
  show(shapes: CityShapes | undefined, shares: ReadonlyMap<string, number>): void {
    if (shapes !== this.#shapes) this.#paths.clear();
    this.#shapes = shapes;
    this.#shares = shares;
    this.onChange();
  }

  /** Outlines a grid; empty for none. Its cells follow. */
  choose(code: string): void {
    if (code !== this.#cells?.answer.grid) this.#cells = undefined;
    this.#chosen = code;
    this.onChange();
  }

  /** The cells of the chosen grid; those of another are not shown. */
  cells(answer: CellsAnswer | undefined): void {
    this.#cells = answer && answer.grid === this.#chosen ? { answer, image: this.#imageOf(answer) } : undefined;
    this.onChange();
  }

  draw(context: CanvasRenderingContext2D, view: CanvasView): void {
    const shapes = this.#shapes;
    if (!shapes || !this.#visible) return;
    const scale = localUnit * view.scale;
    const [x, y] = [shapes.anchorX * view.scale - view.left, shapes.anchorY * view.scale - view.top];
    const box = { left: -x / scale, top: -y / scale, right: (view.width - x) / scale, bottom: (view.height - y) / scale };
    const seen = areasIn(shapes.grids, box).map((index) => shapes.grids[index]!).filter(({ code }) => this.#shares.has(code));

    placeLocal(context, view, shapes.anchorX, shapes.anchorY, localUnit);
    const borders = new Path2D();
    const gaps = [0, 1, 2, 3, 4].map(() => new Path2D());
    for (const grid of seen) {
      const path = this.#pathOf(grid);
      borders.addPath(path);
      if (grid.code !== this.#cells?.answer.grid) gaps[gapOf(this.#shares.get(grid.code)!)]!.addPath(path);
    }
    // What is under it, risk above all, is not to be mixed up with it.
    context.fillStyle = this.palette.ground;
    context.fill(borders);
    gaps.forEach((path, gap) => {
      context.globalAlpha = cover[gap]!;
      context.fillStyle = gap === 0 ? this.palette.walked : this.palette.missing;
      context.fill(path);
    });
    context.globalAlpha = 1;
    const typical = typicalSize(shapes.grids).width * scale;
    if (typical >= hatchPixels) this.#fillHatched(context, view, gaps[4]!);
    this.#drawCells(context, view);

    placeLocal(context, view, shapes.anchorX, shapes.anchorY, localUnit);
    context.lineJoin = "round";
    // Borders may not swallow small grids.
    context.globalAlpha = Math.min(1, Math.max(0, (typical - 3) / 15));
    context.strokeStyle = this.palette.edge;
    context.lineWidth = 0.75 / scale;
    context.stroke(borders);
    context.globalAlpha = 1;
    const chosen = shapes.areaOf.get(this.#chosen);
    if (chosen) {
      context.strokeStyle = this.palette.chosen;
      context.lineWidth = 3 / scale;
      context.stroke(this.#pathOf(chosen));
    }
    placeScreen(context, view);
    this.#drawShares(context, seen, scale, x, y);
  }

  #drawShares(context: CanvasRenderingContext2D, seen: readonly AreaShape[], scale: number, x: number, y: number): void {
    context.font = `600 12px ${this.palette.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.strokeStyle = this.palette.ground;
    context.fillStyle = this.palette.text;
    for (const grid of seen) {
      if ((grid.right - grid.left) * scale < labelPixels || (grid.bottom - grid.top) * scale < 20) continue;
      const [left, top] = [x + grid.labelX * scale, y + grid.labelY * scale];
      const words = percentOf(this.#shares.get(grid.code)!);
      context.strokeText(words, left, top);
      context.fillText(words, left, top);
    }
  }

  #drawCells(context: CanvasRenderingContext2D, view: CanvasView): void {
    if (!this.#cells) return;
    const { answer: { south, west, north, east }, image } = this.#cells;
    placeScreen(context, view);
    const [left, top] = [worldX(west) * view.scale - view.left, worldY(north) * view.scale - view.top];
    const [width, height] = [worldX(east) * view.scale - view.left - left, worldY(south) * view.scale - view.top - top];
    // From close up every dot is sharp; from afar they would flicker.
    context.imageSmoothingEnabled = width * view.pixelRatio < image.width * 2;
    context.drawImage(image, left, top, width, height);
    context.imageSmoothingEnabled = true;
  }

  /** Four pixels a cell, so that a missing one can be a dot on nothing. The image's first row is the northernmost. */
  #imageOf(answer: CellsAnswer): HTMLCanvasElement {
    const states = cellsOf(answer);
    const image = document.createElement("canvas");
    image.width = answer.columns * 2;
    image.height = answer.rows * 2;
    const pen = image.getContext("2d")!;
    for (let cell = 0; cell < states.length; cell++) {
      const state = states[cell]!;
      if (state !== cellWalked && state !== cellMissing) continue;
      const [column, row] = [cell % answer.columns, answer.rows - 1 - Math.floor(cell / answer.columns)];
      pen.globalAlpha = state === cellWalked ? 0.65 : 0.75;
      pen.fillStyle = state === cellWalked ? this.palette.walked : this.palette.missing;
      if (state === cellWalked) pen.fillRect(column * 2, row * 2, 2, 2);
      else pen.fillRect(column * 2, row * 2, 1, 1);
    }
    return image;
  }

  #fillHatched(context: CanvasRenderingContext2D, view: CanvasView, path: Path2D): void {
    context.save();
    context.clip(path);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.#hatchOf(context, view.pixelRatio);
    context.fillRect(0, 0, view.width * view.pixelRatio, view.height * view.pixelRatio);
    context.restore();
  }

  #hatchOf(context: CanvasRenderingContext2D, pixelRatio: number): CanvasPattern {
    if (this.#hatch && pixelRatio === this.#hatchRatio) return this.#hatch;
    const side = Math.round(9 * pixelRatio);
    const tile = document.createElement("canvas");
    tile.width = tile.height = side;
    const pen = tile.getContext("2d")!;
    pen.strokeStyle = this.palette.ground;
    pen.lineWidth = side * 0.22;
    pen.lineCap = "square";
    pen.beginPath();
    for (const shift of [-side, 0, side]) {
      pen.moveTo(shift, side);
      pen.lineTo(shift + side, 0);
    }
    pen.stroke();
    this.#hatchRatio = pixelRatio;
    return this.#hatch = context.createPattern(tile, "repeat")!;
  }

  #pathOf(area: AreaShape): Path2D {
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
}
