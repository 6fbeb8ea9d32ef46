import { scaleOf } from "./projection";

/**
 * What a canvas shows, in the terms that drawing needs. All screen lengths are CSS pixels; the context that a painter
 * gets is already scaled by `pixelRatio`. A world position (x, y) lies at screen (x · scale − left, y · scale − top).
 */
export interface CanvasView {
  /** Zoom of the map; fractional while it flies. */
  readonly zoom: number;
  /** CSS pixels a world unit measures: 256 · 2^zoom. */
  readonly scale: number;
  /** World x of the left edge, times scale. */
  readonly left: number;
  /** World y of the upper edge, times scale. */
  readonly top: number;
  /** Width of the canvas in CSS pixels. */
  readonly width: number;
  /** Height of the canvas in CSS pixels. */
  readonly height: number;
  /** Device pixels a CSS pixel measures. */
  readonly pixelRatio: number;
  /** Whether the map is flying, dragged or pinched; details may wait until it rests. */
  readonly moving: boolean;
}

/** A view of the given size whose upper left corner lies at world (x, y). */
export function viewAt(zoom: number, x: number, y: number, width: number, height: number, pixelRatio = 1): CanvasView {
  const scale = scaleOf(zoom);
  return { zoom, scale, left: x * scale, top: y * scale, width, height, pixelRatio, moving: false };
}

/**
 * Sets the context's transform so that local coordinate (u, v) lies at world (anchorX + u · unit, anchorY + v · unit).
 * Paths are kept in such local coordinates because canvases compute in single precision: world units are too small a
 * number for it, and whole world pixels too large.
 */
export function placeLocal(context: CanvasTransform, view: CanvasView, anchorX: number, anchorY: number, unit: number): void {
  const scale = unit * view.scale * view.pixelRatio;
  context.setTransform(scale, 0, 0, scale, (anchorX * view.scale - view.left) * view.pixelRatio, (anchorY * view.scale - view.top) * view.pixelRatio);
}

/** Sets the context's transform back to CSS pixels from the upper left corner. */
export function placeScreen(context: CanvasTransform, view: CanvasView): void {
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
}

type CanvasTransform = Pick<CanvasRenderingContext2D, "setTransform">;
