import * as L from "leaflet";
import { numberOf, textOf } from "./attributes";
import { LayerElement } from "./layer-element";

/** Tiles of a tile server. */
export class LeafletTileLayerElement extends LayerElement<L.TileLayer> {
  static readonly observedAttributes = ["url", "opacity"];

  protected override createLayer(): L.TileLayer {
    return L.tileLayer(textOf(this, "url", ""), {
      attribution: textOf(this, "attribution", ""),
      minZoom: numberOf(this, "min-zoom", 0, 0, 24),
      maxZoom: 24,
      maxNativeZoom: numberOf(this, "max-zoom", 19, 0, 24),
      opacity: numberOf(this, "opacity", 1, 0, 1),
      subdomains: textOf(this, "subdomains", "abc"),
      className: textOf(this, "tile-class", ""),
      updateWhenIdle: false,
    });
  }

  protected override layerChanged(layer: L.TileLayer, attribute: string): void {
    if (attribute === "url") layer.setUrl(textOf(this, "url", ""));
    else layer.setOpacity(numberOf(this, "opacity", 1, 0, 1));
  }
}
