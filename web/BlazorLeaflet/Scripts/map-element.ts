import * as L from "leaflet";
import { type Box, boxOf, flagOf, numberOf, textOf } from "./attributes";

const poweredBy = `<a href="https://leafletjs.com">Leaflet</a>`;

/** A Leaflet map. It exists while the element is in the document; its layers are the layer elements within. */
export class LeafletMapElement extends HTMLElement {
  static readonly observedAttributes = ["latitude", "longitude", "zoom", "label"];

  #map: L.Map | undefined;
  #surface: HTMLDivElement | undefined;
  #sizes: ResizeObserver | undefined;
  #viewWanted = false;

  /** The Leaflet map, or undefined while the element is not in the document. */
  get map(): L.Map | undefined {
    return this.#map;
  }

  connectedCallback(): void {
    if (this.#map) return;
    const surface = this.#surface = document.createElement("div");
    surface.className = "leaflet-map-surface";
    // A focused map takes the arrow keys, plus and minus for itself, as an application does.
    surface.setAttribute("role", "application");
    this.#label();
    this.prepend(surface);

    const interactive = flagOf(this, "interactive", true);
    const animated = flagOf(this, "animated", true) && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const maxBounds = boxOf(this, "max-bounds");
    const map = this.#map = L.map(surface, {
      minZoom: numberOf(this, "min-zoom", 0, 0, 24),
      maxZoom: numberOf(this, "max-zoom", 19, 0, 24),
      zoomSnap: numberOf(this, "zoom-snap", 1, 0, 4),
      zoomControl: false,
      attributionControl: false,
      zoomAnimation: animated,
      fadeAnimation: animated,
      inertia: animated,
      dragging: interactive,
      keyboard: interactive,
      touchZoom: interactive,
      scrollWheelZoom: interactive && flagOf(this, "scroll-wheel-zoom", true),
      doubleClickZoom: interactive,
      boxZoom: interactive,
      ...(maxBounds ? { maxBounds: bounds(maxBounds) } : {}),
    });
    this.#controls(map);
    const box = boxOf(this, "bounds");
    if (box) map.fitBounds(bounds(box), { animate: false });
    else map.setView(this.#center(), this.#zoom(), { animate: false });

    this.#sizes = new ResizeObserver(() => map.invalidateSize({ pan: false }));
    this.#sizes.observe(surface);
    this.dispatchEvent(new CustomEvent("leaflet-map-ready", { bubbles: true, detail: { map } }));
  }

  disconnectedCallback(): void {
    this.#sizes?.disconnect();
    this.#sizes = undefined;
    this.#map?.remove();
    this.#map = undefined;
    this.#surface?.remove();
    this.#surface = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (!this.#map) return;
    if (name === "label") {
      this.#label();
      return;
    }
    if (this.#viewWanted) return;
    // Latitude, longitude and zoom are set one after the other, but mean one view.
    this.#viewWanted = true;
    queueMicrotask(() => {
      this.#viewWanted = false;
      this.#map?.setView(this.#center(), this.#zoom());
    });
  }

  #controls(map: L.Map): void {
    if (flagOf(this, "zoom-control", true) && flagOf(this, "interactive", true))
      L.control.zoom({ zoomInTitle: textOf(this, "zoom-in-title", "Zoom in"), zoomOutTitle: textOf(this, "zoom-out-title", "Zoom out") }).addTo(map);
    if (flagOf(this, "scale-control", false)) L.control.scale({ imperial: false }).addTo(map);
    if (flagOf(this, "attribution-control", true)) L.control.attribution({ prefix: poweredBy }).addTo(map);
  }

  #center(): L.LatLng {
    return L.latLng(numberOf(this, "latitude", 0, -90, 90), numberOf(this, "longitude", 0, -180, 180));
  }

  #zoom(): number {
    return numberOf(this, "zoom", 2, 0, 24);
  }

  #label(): void {
    const label = this.getAttribute("label");
    if (label) this.#surface?.setAttribute("aria-label", label);
    else this.#surface?.removeAttribute("aria-label");
  }
}

function bounds([south, west, north, east]: Box): L.LatLngBounds {
  return L.latLngBounds([south, west], [north, east]);
}
