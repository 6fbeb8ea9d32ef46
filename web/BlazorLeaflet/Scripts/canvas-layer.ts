import * as L from "leaflet";
import type { CanvasView } from "./canvas-view";
import { type Drawable, type FrameLoop, pageLoop } from "./frame-loop";
import { scaleOf } from "./projection";

/** Draws on a {@link CanvasLayer}. */
export interface CanvasPainter {
  /**
   * Draws what the view shows. The canvas is clear and its context scaled to CSS pixels.
   * @param time ms of `requestAnimationFrame`, the same for every layer of a frame.
   * @returns true while something is in motion: the layer then draws again without being invalidated.
   */
  draw(context: CanvasRenderingContext2D, view: CanvasView, time: number): boolean | void;
  /**
   * The browser lost what was on its canvases, as after a restart of the graphics process: pictures that the painter
   * keeps on canvases of its own are blank. The layer draws anew afterwards.
   */
  forget?(): void;
}

export interface CanvasLayerOptions extends L.LayerOptions {
  /** Stacking order within the pane. Default: 0. */
  zIndex?: number;
  /** Most frames a second while in motion; 0 for as many as the screen shows. Default: 0. */
  framesPerSecond?: number;
  /** Most device pixels drawn for a CSS pixel. Default: 2. */
  maxPixelRatio?: number;
}

/**
 * A canvas over the whole map for what is drawn by a {@link CanvasPainter}. It stays aligned while the map is dragged,
 * zoomed or flown, follows the screen's pixel ratio, and draws only when invalidated or in motion.
 */
export class CanvasLayer extends L.Layer implements Drawable {
  declare options: CanvasLayerOptions;
  readonly canvas = document.createElement("canvas");
  #painter: CanvasPainter | undefined;
  #context: CanvasRenderingContext2D | null = null;
  #view: CanvasView | undefined;
  #loop: FrameLoop;
  #zooming = false;
  #moving = false;
  #frames = 0;
  #drawMilliseconds = 0;

  constructor(painter?: CanvasPainter, options: CanvasLayerOptions = {}, loop: FrameLoop = pageLoop) {
    super();
    L.setOptions(this, { pane: "overlayPane", ...options });
    this.#painter = painter;
    this.#loop = loop;
    this.canvas.className = "leaflet-canvas-layer-surface leaflet-zoom-animated";
    this.canvas.setAttribute("aria-hidden", "true");
    // Left to its default, the browser restores the context by itself.
    this.canvas.addEventListener("contextlost", () => this.invalidate());
    this.canvas.addEventListener("contextrestored", () => {
      this.#painter?.forget?.();
      this.invalidate();
    });
  }

  /** Who draws. Setting it draws anew. */
  get painter(): CanvasPainter | undefined {
    return this.#painter;
  }

  set painter(painter: CanvasPainter | undefined) {
    this.#painter = painter;
    this.invalidate();
  }

  /** The view of the last frame, or undefined before the first one. */
  get view(): CanvasView | undefined {
    return this.#view;
  }

  /** Frames drawn since the layer was made, and ms the last one took to draw. */
  get statistics(): { readonly frames: number; readonly drawMilliseconds: number } {
    return { frames: this.#frames, drawMilliseconds: this.#drawMilliseconds };
  }

  get pace(): number {
    const most = this.options.framesPerSecond ?? 0;
    return most > 0 ? 1000 / most : 0;
  }

  /** Draw in the next frame. Cheap, and as often as one likes. */
  invalidate(): void {
    if (this._map) this.#loop.request(this);
  }

  override onAdd(map: L.Map): this {
    this.canvas.style.zIndex = String(this.options.zIndex ?? 0);
    this.getPane()?.append(this.canvas);
    this.#context = this.canvas.getContext("2d");
    this.#zooming = this.#moving = false;
    // During a zoom animation the map answers with its old view, so a layer that is added meanwhile is right too.
    this.#reposition(map);
    this.invalidate();
    return this;
  }

  override onRemove(): this {
    this.#loop.cancel(this);
    this.canvas.remove();
    this.#view = undefined;
    // A canvas of no size gives its memory back at once.
    this.canvas.width = this.canvas.height = 0;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      movestart: () => { this.#moving = true; },
      move: () => this.invalidate(),
      zoom: () => this.invalidate(),
      resize: () => this.invalidate(),
      zoomanim: event => this.#animateZoom(event as L.ZoomAnimEvent),
      zoomend: () => { this.#zooming = false; this.invalidate(); },
      viewreset: () => { this.#zooming = false; this.invalidate(); },
      moveend: () => { this.#moving = false; this.invalidate(); },
    };
  }

  /** Called by the frame loop. */
  drawFrame(time: number): boolean {
    const map = this._map;
    const context = this.#context;
    if (!map || !context) return false;
    if (!this.#zooming) this.#reposition(map);
    const view = this.#view;
    if (!view || view.width === 0 || view.height === 0) return false;
    // The loop reports it and tries again until the context is back.
    if (context.isContextLost?.()) throw new Error("A canvas of the map has lost its context.");
    const started = performance.now();
    const { canvas } = this;
    const width = Math.round(view.width * view.pixelRatio);
    const height = Math.round(view.height * view.pixelRatio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${view.width}px`;
      canvas.style.height = `${view.height}px`;
    } else {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
    }
    context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
    let moving = false;
    try {
      moving = this.#painter?.draw(context, view, time) === true;
    } catch (error) {
      // What was saved or clipped halfway goes with the pixels; the next frame starts from a canvas that is new.
      canvas.width = 0;
      throw error;
    }
    this.#frames++;
    this.#drawMilliseconds = performance.now() - started;
    return moving;
  }

  #reposition(map: L.Map): void {
    const size = map.getSize();
    const zoom = map.getZoom();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const origin = map.getPixelOrigin();
    this.#view = {
      zoom,
      scale: scaleOf(zoom),
      left: origin.x + corner.x,
      top: origin.y + corner.y,
      width: size.x,
      height: size.y,
      pixelRatio: Math.min(window.devicePixelRatio || 1, this.options.maxPixelRatio ?? 2),
      moving: this.#moving,
    };
    L.DomUtil.setPosition(this.canvas, corner);
  }

  /** Lets the style sheet carry the canvas to where the zoom ends; the map's own view changes only then. */
  #animateZoom({ center, zoom }: L.ZoomAnimEvent): void {
    const map = this._map;
    const view = this.#view;
    if (!map || !view) return;
    this.#zooming = true;
    const factor = map.getZoomScale(zoom, view.zoom);
    const pane = map.containerPointToLayerPoint([0, 0]).multiplyBy(-1);
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    L.DomUtil.setTransform(this.canvas, L.point(view.left * factor, view.top * factor).subtract(origin), factor);
  }
}
