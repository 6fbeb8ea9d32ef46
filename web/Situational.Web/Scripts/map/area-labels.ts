import type { CanvasView } from "blazor-leaflet";
import { closeZoom, designZoom, type Palette } from "./palette";
import { type CityShapes, type Patch, type ShapeLevel, typicalSize } from "./shapes";
import { severityShapes } from "./sprites";

/** Roman numerals of risks, as on the severity signs; the first is for an unknown one. */
const numerals: readonly string[] = ["?", "I", "II", "III", "IV"];

const fontSize = 14;

/** Names on the map: those of the lowest level whose areas have room for them; grids say their risk as well. */
export class AreaLabels {
  readonly #widths = new Map<string, number>();

  constructor(private readonly palette: Palette) {}

  /** Forgets the names of another territory. */
  clear(): void {
    this.#widths.clear();
  }

  /**
   * Writes what touches the patch. The context is scaled to CSS pixels.
   * @param x screen position of local x 0. @param y the same of local y 0.
   */
  draw(context: CanvasRenderingContext2D, view: CanvasView, shapes: CityShapes, scale: number, x: number, y: number, within: Patch, risk: Uint8Array): void {
    const close = designZoom(view.zoom, this.palette) >= closeZoom;
    const size = Math.round(fontSize * (close ? 1.3 : 1) * this.palette.size);
    const level = levelFor(shapes, scale, size);
    if (level < 0) return;
    const isGrids = level === shapes.levels.length - 1;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3 * this.palette.size;
    context.strokeStyle = this.palette.ground;
    context.font = `${isGrids ? 500 : 700} ${isGrids ? size : Math.round(size * 1.25)}px ${this.palette.font}`;
    const { areas } = shapes.levels[level] as ShapeLevel;
    for (let index = 0; index < areas.length; index++) {
      const area = areas[index]!;
      const placeX = area.labelX * scale + x;
      const placeY = area.labelY * scale + y;
      if (placeX + (area.right - area.left) * scale < within.left || placeX - (area.right - area.left) * scale > within.right) continue;
      if (placeY + size * 1.6 < within.top || placeY - size * 1.6 > within.bottom) continue;
      if (this.#widthOf(context, area.name) > (area.right - area.left) * scale * 0.92) continue;
      // A calm grid says so by having no sign, until one looks closely.
      const signed = isGrids && risk[index]! <= 4 && (close || risk[index]! < 4);
      const nameY = placeY - (signed ? size * 0.45 : 0);
      context.fillStyle = this.palette.text;
      context.strokeText(area.name, placeX, nameY);
      context.fillText(area.name, placeX, nameY);
      if (signed) this.#drawRisk(context, risk[index]!, placeX, placeY + size * 0.85, size);
    }
  }

  #drawRisk(context: CanvasRenderingContext2D, risk: number, x: number, y: number, size: number): void {
    const numeral = numerals[risk]!;
    if (risk === 0) {
      context.strokeText(numeral, x, y);
      context.fillText(numeral, x, y);
      return;
    }
    const side = size * 0.8;
    const gap = size * 0.3;
    context.save();
    context.translate(x - (side + this.#widthOf(context, numeral) + gap) / 2, y - side / 2);
    context.scale(side / 24, side / 24);
    const shape = new Path2D(severityShapes[risk]);
    context.lineWidth = 5;
    context.stroke(shape);
    context.fillStyle = this.palette.levels[risk]!;
    context.fill(shape);
    context.restore();
    context.strokeText(numeral, x + (side + gap) / 2, y);
    context.fillText(numeral, x + (side + gap) / 2, y);
  }

  #widthOf(context: CanvasRenderingContext2D, text: string): number {
    const key = `${context.font}/${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) this.#widths.set(key, width = context.measureText(text).width);
    return width;
  }
}

/** Index of the lowest level whose typical area has room for a label; -1 when none has. */
function levelFor(shapes: CityShapes, scale: number, size: number): number {
  for (let level = shapes.levels.length - 1; level >= 0; level--) {
    const { width, height } = typicalSize((shapes.levels[level] as ShapeLevel).areas);
    const lines = level === shapes.levels.length - 1 ? 3 : 2;
    if (width * scale >= size * 5 && height * scale >= size * lines) return level;
  }
  return -1;
}
