import { type CanvasPainter, type CanvasView, worldX, worldY } from "blazor-leaflet";
import type { Palette } from "../map/palette";
import { nearestPoint, partsOf, ticksOf, type TrailPart, type TrailPoint, type TrailTick } from "./trail";

/** One unit's trail, as it is drawn. */
export interface DrawnTrail {
  readonly unit: string;
  readonly callSign: string;
  readonly points: readonly TrailPoint[];
}

interface Drawn {
  readonly trail: DrawnTrail;
  readonly parts: readonly TrailPart[];
  readonly ticks: readonly TrailTick[];
}

/** Line patterns, so that trails differ by form and not by colour alone; the first is plain. */
const patterns: readonly (readonly number[])[] = [[], [14, 4], [3, 4], [14, 4, 3, 4], [22, 6], [8, 8], [3, 9], [22, 4, 3, 4]];

/** How far from a trail the pointer may be to mean it, CSS pixels. */
const reach = 14;

/** Times nearer to each other than this are not both written, CSS pixels. */
const tickRoom = 64;

/** Trails with their direction and their times; what is not known in between is broken, where a unit went off duty there is a bar. */
export class TrailsLayer implements CanvasPainter {
  onChange: () => void = () => {};
  private drawn: readonly Drawn[] = [];
  private marked: TrailPoint | undefined;

  /** @param time words of a moment @param colours one a trail, in turn */
  constructor(private readonly palette: Palette, private readonly colours: readonly string[], private readonly time: (ms: number) => string) {}

  show(trails: readonly DrawnTrail[], tickMs: number): void {
    this.drawn = trails.map((trail) => ({ trail, parts: partsOf(trail.points), ticks: ticksOf(trail.points, tickMs) }));
    this.marked = undefined;
    this.onChange();
  }

  /** Marks a point, with its time. */
  mark(point: TrailPoint | undefined): void {
    if (this.marked === point) return;
    this.marked = point;
    this.onChange();
  }

  /** The point under the pointer and whose it is. */
  pointAt(view: CanvasView, x: number, y: number): { readonly trail: DrawnTrail; readonly point: TrailPoint } | undefined {
    for (const { trail } of this.drawn) {
      const point = nearestPoint(trail.points, (one) => placeOf(view, one), x, y, reach);
      if (point) return { trail, point };
    }
    return undefined;
  }

  draw(context: CanvasRenderingContext2D, view: CanvasView): void {
    const { size } = this.palette;
    context.lineJoin = context.lineCap = "round";
    this.drawn.forEach((one, index) => {
      const colour = this.colours[index % this.colours.length] ?? this.palette.text;
      for (const part of one.parts) this.line(context, view, part, colour, patterns[index % patterns.length] ?? []);
      context.setLineDash([]);
      const written: (readonly [number, number])[] = [];
      for (const tick of one.ticks) {
        const place = placeOf(view, tick.point);
        if (written.some(([x, y]) => Math.hypot(x - place[0], y - place[1]) < tickRoom * size)) continue;
        written.push(place);
        this.tick(context, place, tick, colour);
      }
      for (const point of one.trail.points) if (point[5] === 1) this.end(context, placeOf(view, point), colour);
    });
    if (this.marked) {
      const [x, y] = placeOf(view, this.marked);
      context.lineWidth = 3 * size;
      context.strokeStyle = this.palette.text;
      context.beginPath();
      context.arc(x, y, 7 * size, 0, 2 * Math.PI);
      context.stroke();
      this.words(context, x, y - 14 * size, this.time(this.marked[0]));
    }
  }

  private line(context: CanvasRenderingContext2D, view: CanvasView, part: TrailPart, colour: string, pattern: readonly number[]): void {
    const { size, ground } = this.palette;
    context.beginPath();
    part.points.forEach((point, index) => {
      const [x, y] = placeOf(view, point);
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.setLineDash([]);
    if (!part.gap) {
      context.strokeStyle = ground;
      context.lineWidth = 7 * size;
      context.stroke();
    }
    context.setLineDash(part.gap ? [2 * size, 8 * size] : pattern.map((length) => length * size));
    context.strokeStyle = colour;
    context.lineWidth = (part.gap ? 2 : 4) * size;
    context.stroke();
  }

  private tick(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], tick: TrailTick, colour: string): void {
    const { size, ground } = this.palette;
    context.save();
    context.translate(x, y);
    context.fillStyle = colour;
    context.strokeStyle = ground;
    context.lineWidth = 1.5 * size;
    context.beginPath();
    if (tick.heading === undefined) {
      context.arc(0, 0, 4 * size, 0, 2 * Math.PI);
    } else {
      context.rotate(tick.heading * (Math.PI / 180));
      context.moveTo(0, -9 * size);
      context.lineTo(6 * size, 6 * size);
      context.lineTo(-6 * size, 6 * size);
      context.closePath();
    }
    context.fill();
    context.stroke();
    context.restore();
    this.words(context, x + 10 * size, y, this.time(tick.point[0]), "left");
  }

  /** A bar across, like the end of a line. */
  private end(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], colour: string): void {
    const { size } = this.palette;
    context.fillStyle = colour;
    context.fillRect(x - 8 * size, y - 8 * size, 16 * size, 16 * size);
    context.fillStyle = this.palette.ground;
    context.fillRect(x - 5 * size, y - 5 * size, 10 * size, 10 * size);
  }

  private words(context: CanvasRenderingContext2D, x: number, y: number, words: string, align: CanvasTextAlign = "center"): void {
    const { size, font, ground, text } = this.palette;
    context.font = `600 ${12 * size}px ${font}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.strokeStyle = ground;
    context.lineWidth = 4 * size;
    context.strokeText(words, x, y);
    context.fillStyle = text;
    context.fillText(words, x, y);
  }
}

function placeOf(view: CanvasView, point: TrailPoint): readonly [number, number] {
  return [worldX(point[2] / 1e6) * view.scale - view.left, worldY(point[1] / 1e6) * view.scale - view.top];
}
