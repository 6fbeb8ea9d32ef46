import { type CanvasPainter, type CanvasView, placeLocal, placeScreen } from "blazor-leaflet";
import { GridsArtist } from "./grids-artist";
import type { Palette } from "./palette";
import { type AreaShape, type CityShapes, gridAt, localUnit } from "./shapes";
import type { GridRow } from "./types";

/** CSS pixels painted beyond each edge, so that dragging a little shows no blank. */
const margin = 128;

/** Least ms between two paintings while the map moves, and least multiple of what the last one took; in between it is stretched to fit. */
const paintEvery = 250;
const paintShare = 8;

/** In the place of a risk: the grid is none of those that the picture is of. */
const elsewhere = 5;

/** More changed grids than this, and everything is painted anew at once. */
const patchMost = 48;

/**
 * Grids by risk, hatched when silent, with their labels and the outlines of higher areas. They are painted on a canvas
 * of their own when something changed or the map rests at another zoom; a frame only copies it.
 */
export class GridsLayer implements CanvasPainter {
  /** Draw again. Set by whoever puts the layer on a map. */
  onChange: () => void = () => {};
  readonly #surface = document.createElement("canvas");
  readonly #artist: GridsArtist;
  #shapes: CityShapes | undefined;
  #risk = new Uint8Array(0);
  #silent = new Uint8Array(0);
  readonly #changed = new Set<number>();
  #painted: CanvasView | undefined;
  #paintedAt = -Infinity;
  #paintTook = 0;
  #marked: string | undefined;
  #within: ReadonlySet<string> | undefined;
  #paintings = 0;

  constructor(private readonly palette: Palette) {
    this.#artist = new GridsArtist(palette);
    this.#surface.addEventListener("contextrestored", () => this.forget());
  }

  forget(): void {
    this.#artist.forget();
    this.#repaint();
  }

  get shapes(): CityShapes | undefined {
    return this.#shapes;
  }

  /** Times that everything was painted. */
  get paintings(): number {
    return this.#paintings;
  }

  /** Another territory: its shapes, with nothing known of any grid. */
  territory(shapes: CityShapes): void {
    this.#shapes = shapes;
    this.#risk = new Uint8Array(shapes.grids.length);
    this.#empty();
    this.#silent = new Uint8Array(shapes.grids.length);
    this.#artist.use(shapes);
    this.#repaint();
  }

  /** Takes all rows; grids without one are unknown again. */
  reset(rows: Iterable<GridRow>): void {
    this.#empty();
    for (const row of rows) this.#put(row);
    this.#repaint();
  }

  update(rows: readonly GridRow[]): void {
    let changed = false;
    for (const row of rows) changed = this.#put(row) || changed;
    if (changed) this.onChange();
  }

  /** Risk 1 red to 4 blue of a grid, 0 unknown. */
  riskOf(code: string): number {
    const risk = this.#risk[this.#shapes?.indexOfGrid.get(code) ?? -1] ?? 0;
    return risk === elsewhere ? 0 : risk;
  }

  /** The grids that the picture is of; undefined for all. Others are not painted. Counts from the next reset on. */
  set within(codes: ReadonlySet<string> | undefined) {
    this.#within = codes;
  }

  /** The area with an outline of its own, such as the one under the pointer; undefined for none. */
  get marked(): string | undefined {
    return this.#marked;
  }

  set marked(code: string | undefined) {
    if (code === this.#marked) return;
    this.#marked = code;
    this.onChange();
  }

  /** Code of the grid at a point of the screen, or undefined. */
  gridAt(view: CanvasView, x: number, y: number): string | undefined {
    const shapes = this.#shapes;
    if (!shapes) return undefined;
    const index = gridAt(shapes, ((x + view.left) / view.scale - shapes.anchorX) / localUnit, ((y + view.top) / view.scale - shapes.anchorY) / localUnit);
    return shapes.grids[index]?.code;
  }

  draw(context: CanvasRenderingContext2D, view: CanvasView, time: number): boolean {
    const shapes = this.#shapes;
    if (!shapes) return false;
    let waits: boolean;
    try {
      waits = this.#bringUpToDate(view, time);
    } catch (error) {
      // A painting that broke off is neither whole nor free of its clip.
      this.#painted = undefined;
      this.#surface.width = 0;
      throw error;
    }
    this.#copy(context, view);
    const marked = this.#marked === undefined ? undefined : shapes.areaOf.get(this.#marked);
    if (marked) this.#outline(context, view, shapes, marked);
    return waits;
  }

  /** Returns whether a painting is due, but waits for its time. */
  #bringUpToDate(view: CanvasView, time: number): boolean {
    const painted = this.#painted;
    if (!painted || painted.pixelRatio !== view.pixelRatio || (!view.moving && !fits(painted, view))) {
      this.#paint(view, time);
    } else if (!fits(painted, view)) {
      if (time - this.#paintedAt < Math.max(paintEvery, paintShare * this.#paintTook)) return true;
      this.#paint(view, time);
    } else if (this.#changed.size > patchMost) {
      this.#paint(view, time);
    } else {
      for (const index of this.#changed) this.#patch(painted, index);
    }
    this.#changed.clear();
    return false;
  }

  #paint(view: CanvasView, time: number): void {
    const painted = this.#painted = {
      ...view, left: view.left - margin, top: view.top - margin, width: view.width + 2 * margin, height: view.height + 2 * margin,
    };
    const width = Math.round(painted.width * view.pixelRatio);
    const height = Math.round(painted.height * view.pixelRatio);
    const surface = this.#surface;
    const context = surface.getContext("2d")!;
    if (surface.width !== width || surface.height !== height) {
      surface.width = width;
      surface.height = height;
    } else {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
    }
    const begun = performance.now();
    this.#artist.paint(context, painted, this.#risk, this.#silent);
    this.#paintTook = performance.now() - begun;
    this.#paintings++;
    this.#paintedAt = time;
    this.#changed.clear();
  }

  /** Paints one grid anew, with whatever else lies in its box. */
  #patch(painted: CanvasView, index: number): void {
    const shapes = this.#shapes!;
    const grid = shapes.grids[index]!;
    const scale = localUnit * painted.scale;
    const [x, y] = [shapes.anchorX * painted.scale - painted.left, shapes.anchorY * painted.scale - painted.top];
    const border = 4 * this.palette.size;
    const left = Math.max(0, Math.floor(grid.left * scale + x - border));
    const top = Math.max(0, Math.floor(grid.top * scale + y - border));
    const right = Math.min(painted.width, Math.ceil(grid.right * scale + x + border));
    const bottom = Math.min(painted.height, Math.ceil(grid.bottom * scale + y + border));
    if (left >= right || top >= bottom) return;
    const context = this.#surface.getContext("2d")!;
    context.save();
    placeScreen(context, painted);
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    this.#artist.paint(context, painted, this.#risk, this.#silent, { left, top, right, bottom });
    context.restore();
  }

  #copy(context: CanvasRenderingContext2D, view: CanvasView): void {
    const painted = this.#painted!;
    const factor = view.scale / painted.scale;
    const { width, height } = this.#surface;
    context.save();
    if (factor === 1) {
      // Whole device pixels: the painting stays sharp while it is dragged.
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(this.#surface, Math.round((painted.left - view.left) * view.pixelRatio), Math.round((painted.top - view.top) * view.pixelRatio));
    } else {
      placeScreen(context, view);
      context.drawImage(this.#surface, painted.left * factor - view.left, painted.top * factor - view.top, (width * factor) / painted.pixelRatio, (height * factor) / painted.pixelRatio);
    }
    context.restore();
  }

  #outline(context: CanvasRenderingContext2D, view: CanvasView, shapes: CityShapes, area: AreaShape): void {
    context.save();
    placeLocal(context, view, shapes.anchorX, shapes.anchorY, localUnit);
    context.lineWidth = (3 * this.palette.size) / (localUnit * view.scale);
    context.lineJoin = "round";
    context.strokeStyle = this.palette.text;
    context.stroke(this.#artist.pathOf(area));
    context.restore();
  }

  /** Nothing is known of any grid. */
  #empty(): void {
    this.#risk.fill(0);
    this.#silent.fill(0);
    if (this.#within) this.#shapes?.grids.forEach(({ code }, index) => { if (!this.#within!.has(code)) this.#risk[index] = elsewhere; });
  }

  #put(row: GridRow): boolean {
    const index = this.#shapes?.indexOfGrid.get(row[0]);
    if (index === undefined) return false;
    const risk = row[2] >= 1 && row[2] <= 4 ? row[2] : 0;
    const silent = row[4] ? 1 : 0;
    if (this.#risk[index] === risk && this.#silent[index] === silent) return false;
    this.#risk[index] = risk;
    this.#silent[index] = silent;
    this.#changed.add(index);
    return true;
  }

  #repaint(): void {
    this.#painted = undefined;
    this.onChange();
  }
}

/** Whether the painting shows the view at its zoom without blanks. */
function fits(painted: CanvasView, view: CanvasView): boolean {
  return painted.scale === view.scale && view.left >= painted.left && view.top >= painted.top
    && view.left + view.width <= painted.left + painted.width && view.top + view.height <= painted.top + painted.height;
}
