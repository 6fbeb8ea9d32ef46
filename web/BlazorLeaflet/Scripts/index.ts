import "leaflet/dist/leaflet.css";
import "./blazor-leaflet.css";
import { LeafletCanvasLayerElement } from "./canvas-layer-element";
import { LeafletGeoJsonLayerElement } from "./geojson-layer-element";
import { LeafletMapElement } from "./map-element";
import { LeafletTileLayerElement } from "./tile-layer-element";

export * as leaflet from "leaflet";
export { CanvasLayer, type CanvasLayerOptions, type CanvasPainter } from "./canvas-layer";
export { type CanvasView, placeLocal, placeScreen, viewAt } from "./canvas-view";
export { type Drawable, FrameLoop, type FrameSource } from "./frame-loop";
export { type FeatureClick } from "./geojson-layer-element";
export { latitudeOf, longitudeOf, maximumLatitude, scaleOf, tileSize, worldX, worldY } from "./projection";
export { LeafletCanvasLayerElement, LeafletGeoJsonLayerElement, LeafletMapElement, LeafletTileLayerElement };

declare global {
  interface HTMLElementTagNameMap {
    "leaflet-map": LeafletMapElement;
    "leaflet-tile-layer": LeafletTileLayerElement;
    "leaflet-geojson-layer": LeafletGeoJsonLayerElement;
    "leaflet-canvas-layer": LeafletCanvasLayerElement;
  }
}

// The map comes first: elements that are in the document already are upgraded in this order, and layers look for their map.
for (const [name, element] of [
  ["leaflet-map", LeafletMapElement],
  ["leaflet-tile-layer", LeafletTileLayerElement],
  ["leaflet-geojson-layer", LeafletGeoJsonLayerElement],
  ["leaflet-canvas-layer", LeafletCanvasLayerElement],
] as const) {
  if (!customElements.get(name)) customElements.define(name, element);
}
