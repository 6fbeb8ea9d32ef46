import { numberOf } from "./attributes";
import { CanvasLayer, type CanvasPainter } from "./canvas-layer";
import { LayerElement } from "./layer-element";

/** A canvas over the map. Scripts give it a painter; until then it draws nothing. */
export class LeafletCanvasLayerElement extends LayerElement<CanvasLayer> {
  #painter: CanvasPainter | undefined;

  /** Who draws. May be set before the element is in the document. */
  get painter(): CanvasPainter | undefined {
    return this.#painter;
  }

  set painter(painter: CanvasPainter | undefined) {
    this.#painter = painter;
    if (this.layer) this.layer.painter = painter;
  }

  /** Draw in the next frame. */
  invalidate(): void {
    this.layer?.invalidate();
  }

  protected override createLayer(): CanvasLayer {
    return new CanvasLayer(this.#painter, {
      zIndex: numberOf(this, "z-index", 0),
      framesPerSecond: numberOf(this, "frames-per-second", 0, 0, 240),
      maxPixelRatio: numberOf(this, "max-pixel-ratio", 2, 0.5, 4),
    });
  }
}
