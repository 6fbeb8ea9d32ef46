import * as L from "leaflet";

/** A Leaflet map. It exists while the element is in the document. */
export class LeafletMapElement extends HTMLElement {
  #map: L.Map | undefined;

  /** The Leaflet map, or undefined while the element is not in the document. */
  get map(): L.Map | undefined {
    return this.#map;
  }

  connectedCallback(): void {
    const surface = document.createElement("div");
    surface.className = "leaflet-map-surface";
    this.append(surface);
    const center = L.latLng(Number(this.getAttribute("latitude") ?? 0), Number(this.getAttribute("longitude") ?? 0));
    this.#map = L.map(surface, { center, zoom: Number(this.getAttribute("zoom") ?? 2) });
  }

  disconnectedCallback(): void {
    this.#map?.remove();
    this.#map = undefined;
    this.querySelector(":scope > .leaflet-map-surface")?.remove();
  }
}
