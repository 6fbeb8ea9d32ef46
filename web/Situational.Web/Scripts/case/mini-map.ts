import { leaflet as L } from "blazor-leaflet";
import { make } from "../page/dom";
import type { Places } from "../page/places";
import { symbol } from "./controls";
import type { CaseWords } from "./words";
import { type CaseAnswer, type NearUnit, severityOf } from "./wire";

const states = ["live", "late", "stale", "gone"];

/** Number of a unit's state, as on the feed. */
export function unitState(name: string): number {
  return Math.max(0, states.indexOf(name));
}

/** Where the case lies, with its grid and the units next to it. */
export class MiniMap {
  private readonly element = document.createElement("leaflet-map");
  private readonly marks = L.layerGroup();
  private readonly grid = document.createElement("leaflet-geojson-layer");
  private fitted = "";
  private drawnGrid: string | undefined;

  constructor(readonly root: HTMLElement, label: string, private readonly places: Places, private readonly words: CaseWords) {
    this.element.className = "case-map-surface";
    for (const [name, value] of [["label", label], ["zoom", "16"], ["min-zoom", "3"], ["scroll-wheel-zoom", "false"], ["attribution-control", "false"]] as const)
      this.element.setAttribute(name, value);
    this.grid.setAttribute("weight", "1.5");
    this.grid.setAttribute("color", "#5b6472");
    this.grid.setAttribute("fill-opacity", "0.06");
    // The page's own tiles, if it shows any.
    const tiles = document.querySelector("leaflet-tile-layer");
    if (tiles) this.element.append(tiles.cloneNode() as HTMLElement);
    this.element.append(this.grid);
    this.element.addEventListener("leaflet-map-ready", () => this.marks.addTo(this.element.map!));
    root.append(this.element);
  }

  show(one: CaseAnswer, near: readonly NearUnit[]): void {
    const { map } = this.element;
    if (!map) return;
    const drawn = `${one.grid} ${this.places.territory?.version}`;
    if (this.drawnGrid !== drawn) {
      this.drawnGrid = drawn;
      const features = this.places.territory?.geoJson.features.filter((feature) => feature.properties?.["code"] === one.grid) ?? [];
      this.grid.data = { type: "FeatureCollection", features } as GeoJSON.FeatureCollection;
    }
    this.marks.clearLayers();
    const bounds = L.latLngBounds([[one.lat, one.lon]]);
    for (const { unit, meters } of near.slice(0, 8)) {
      const name = `${unit.callSign} · ${this.words.meters(meters)}`;
      const icon = make("span", "case-map-unit");
      icon.dataset["unitState"] = String(unitState(unit.state));
      icon.append(symbol(`unit-${unitState(unit.state)}`), make("span", "case-map-name", unit.callSign));
      this.marks.addLayer(L.marker([unit.lat, unit.lon], { icon: L.divIcon({ className: "case-map-icon", html: icon, iconSize: [18, 18] }), keyboard: false, title: name }));
      if (meters < 3_000) bounds.extend([unit.lat, unit.lon]);
    }
    const here = make("span", "case-map-here");
    const mark = symbol(`sign-${severityOf(one.severity)}`);
    mark.setAttribute("data-severity", String(severityOf(one.severity)));
    here.append(mark);
    this.marks.addLayer(L.marker([one.lat, one.lon], { icon: L.divIcon({ className: "case-map-icon", html: here, iconSize: [26, 26] }), keyboard: false, zIndexOffset: 1_000 }));
    // The drawer may have been hidden when the map was made: it has no size before it is seen.
    if (map.getSize().x === 0) map.invalidateSize({ animate: false });
    if (map.getSize().x === 0) return;
    // The view follows the case, never the units: it would jump under the pointer.
    const fit = `${one.id} ${one.lat} ${one.lon} ${near.length > 0}`;
    if (fit === this.fitted) return;
    this.fitted = fit;
    if (near.length > 0) map.fitBounds(bounds.pad(0.25), { animate: false, maxZoom: 17 });
    else map.setView([one.lat, one.lon], 16, { animate: false });
  }
}
