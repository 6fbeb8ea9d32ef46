import type { Feature, GeoJsonObject } from "geojson";
import * as L from "leaflet";
import { flagOf, numberOf, textOf } from "./attributes";
import { LayerElement } from "./layer-element";

/** Detail of the event `featureclick`. */
export interface FeatureClick {
  readonly feature: Feature;
  readonly latlng: L.LatLng;
}

/**
 * Shapes from GeoJSON: of an address (`src`), of a `<script type="application/json">` within, or set as `data`.
 * Fires `load`, `error` (detail: an Error) and `featureclick` (detail: {@link FeatureClick}); none of them bubbles.
 */
export class LeafletGeoJsonLayerElement extends LayerElement<L.GeoJSON> {
  static readonly observedAttributes = ["src", "color", "weight", "opacity", "fill-color", "fill-opacity"];

  #data: GeoJsonObject | undefined;
  #request: AbortController | undefined;

  /** What is shown. Setting it replaces the shapes and forgets `src`'s answer. */
  get data(): GeoJsonObject | undefined {
    return this.#data;
  }

  set data(data: GeoJsonObject | undefined) {
    this.#request?.abort();
    this.#data = data;
    if (this.layer) this.#show(this.layer);
  }

  protected override createLayer(): L.GeoJSON {
    const labelled = this.getAttribute("label-property");
    const interactive = flagOf(this, "interactive", false);
    return L.geoJSON(undefined, {
      interactive,
      style: () => this.#style(),
      pointToLayer: (_point, place) => L.circleMarker(place, { radius: numberOf(this, "point-radius", 6, 0), interactive }),
      onEachFeature: (feature, layer) => {
        const label = labelled === null ? undefined : feature.properties?.[labelled] as unknown;
        // Text of unknown origin becomes a text node: Leaflet would read a string as HTML.
        if (label !== undefined && label !== null) layer.bindTooltip(() => textNode(String(label)), { sticky: true });
        if (interactive) this.#interact(layer, feature, label);
      },
    });
  }

  protected override layerAdded(layer: L.GeoJSON): void {
    const inline = [...this.children].find(child => child.localName === "script" && child.getAttribute("type") === "application/json");
    if (this.#data) this.#show(layer);
    else if (inline) this.#read(async () => JSON.parse(inline.textContent ?? "") as GeoJsonObject);
    else this.#fetch();
  }

  protected override layerChanged(layer: L.GeoJSON, attribute: string): void {
    if (attribute === "src") this.#fetch();
    else layer.setStyle(this.#style());
  }

  protected override layerRemoved(): void {
    this.#request?.abort();
  }

  #fetch(): void {
    this.#request?.abort();
    const src = this.getAttribute("src");
    if (!src) return;
    const request = this.#request = new AbortController();
    this.#read(async () => {
      const answer = await fetch(src, { signal: request.signal, headers: { accept: "application/geo+json, application/json" } });
      if (!answer.ok) throw new Error(`${src} answered ${answer.status} ${answer.statusText}`);
      return await answer.json() as GeoJsonObject;
    }, request.signal);
  }

  #read(source: () => Promise<GeoJsonObject>, signal?: AbortSignal): void {
    source().then(data => {
      if (signal?.aborted || !this.layer) return;
      this.#data = data;
      this.#show(this.layer);
    }).catch((error: unknown) => {
      if (signal?.aborted) return;
      this.dispatchEvent(new CustomEvent("error", { detail: error }));
    });
  }

  #show(layer: L.GeoJSON): void {
    layer.clearLayers();
    if (this.#data) layer.addData(this.#data);
    const map = this.closest("leaflet-map")?.map;
    const extent = layer.getBounds();
    if (map && extent.isValid() && flagOf(this, "fit", false)) map.fitBounds(extent, { animate: false });
    this.dispatchEvent(new CustomEvent("load"));
  }

  #style(): L.PathOptions {
    const color = textOf(this, "color", "#3388ff");
    return {
      color,
      weight: numberOf(this, "weight", 2, 0),
      opacity: numberOf(this, "opacity", 1, 0, 1),
      fillColor: textOf(this, "fill-color", color),
      fillOpacity: numberOf(this, "fill-opacity", 0.2, 0, 1),
    };
  }

  /** A click, or Enter on the focused shape. */
  #interact(layer: L.Layer, feature: Feature, label: unknown): void {
    const tell = (latlng: L.LatLng): void => {
      this.dispatchEvent(new CustomEvent<FeatureClick>("featureclick", { detail: { feature, latlng } }));
    };
    layer.on("click", event => tell((event as L.LeafletMouseEvent).latlng));
    layer.on("add", () => {
      const shape = (layer as L.Path).getElement?.();
      if (!shape) return;
      shape.setAttribute("tabindex", "0");
      shape.setAttribute("role", "button");
      if (label !== undefined && label !== null) shape.setAttribute("aria-label", String(label));
      shape.addEventListener("keydown", event => {
        if ((event as KeyboardEvent).key !== "Enter") return;
        event.preventDefault();
        tell(middleOf(layer));
      });
    });
  }
}

function middleOf(layer: L.Layer): L.LatLng {
  if (layer instanceof L.CircleMarker) return layer.getLatLng();
  return (layer as L.Polyline).getBounds().getCenter();
}

function textNode(text: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
