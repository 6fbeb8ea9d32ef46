import { type CanvasPainter, type LeafletCanvasLayerElement, type LeafletMapElement, latitudeOf, leaflet, longitudeOf } from "blazor-leaflet";
import { CasesLayer } from "./cases-layer";
import { GridsLayer } from "./grids-layer";
import { readPalette } from "./palette";
import { type AreaShape, type CityShapes, localUnit, readShapes } from "./shapes";
import type { CityChange, CityRows } from "./types";
import { UnitsLayer } from "./units-layer";

export interface CityMapOptions {
  /** The server's time, ms since 1970 UTC. */
  readonly now: () => number;
  /** Code of the area that an overview shows; empty for everything. */
  readonly area: string;
  /** The area that a click on a grid chooses, which is outlined and named under the pointer. Default: the grid itself. */
  readonly areaAt?: (grid: string) => string;
  /** An area was clicked. Default: the map goes there. */
  readonly onArea?: (code: string) => void;
  /** A case was clicked, which nobody has to acknowledge any more. */
  readonly onCase?: (id: string) => void;
  /** What to write at a call for help from a place that nobody knows. Default: it is not on the map; the page lists calls beside it. */
  readonly nowhere?: string;
  /** A unit was clicked. Default: the grid below it was. */
  readonly onUnit?: (id: string) => void;
}

type Layer = CanvasPainter & { onChange: () => void };

/** The city on a `<leaflet-map>` that holds the canvas layers `grids`, `units` and `cases` (`data-layer`). */
export class CityMap {
  #grids!: GridsLayer;
  #units!: UnitsLayer;
  #cases!: CasesLayer;
  readonly #tip = leaflet.tooltip({ direction: "top", offset: [0, -12] });
  #size = 0;
  #shapes: CityShapes | undefined;
  #picture: CityRows | undefined;
  /** The overview is shown, and nobody has moved the map since. */
  #overview = true;
  #live = true;
  #area: string;
  #within: ReadonlySet<string> | undefined;
  #ring: leaflet.CircleMarker | undefined;
  #squad: string | undefined;

  constructor(private readonly element: LeafletMapElement, private readonly options: CityMapOptions) {
    this.#area = options.area;
    this.#furnish();
    const { map } = this;
    map.on("resize", () => {
      if (readPalette().size !== this.#size) this.#furnish();
      if (this.#overview) this.overview(false);
    });
    map.on("dragstart boxzoomend", () => { this.#overview = false; });
    for (const kind of ["wheel", "keydown", "dblclick", "touchstart"])
      map.getContainer().addEventListener(kind, () => { this.#overview = false; }, { passive: true });
    map.on("mousemove", event => this.#point(event));
    map.on("mouseout", () => {
      this.#grids.marked = undefined;
      this.#tip.close();
    });
    map.on("click", event => this.#click(event.containerPoint));
  }

  get map(): leaflet.Map {
    const { map } = this.element;
    if (!map) throw new Error("The map's element is not in the document.");
    return map;
  }

  /** What draws, for whoever measures it. */
  get layers(): { readonly grids: GridsLayer; readonly units: UnitsLayer; readonly cases: CasesLayer } {
    return { grids: this.#grids, units: this.#units, cases: this.#cases };
  }

  /** Another territory is in force: draw its shapes and forget the old ones. The map stays where it is, unless it showed everything. */
  territory(territory: { readonly geoJson: GeoJSON.FeatureCollection }): void {
    this.#shapes = readShapes(territory.geoJson);
    this.#grids.territory(this.#shapes);
    if (this.#picture) this.#grids.reset(this.#picture.grids.values());
    if (this.#overview) this.overview(false);
  }

  show(picture: CityRows, change: CityChange): void {
    this.#picture = picture;
    if (change.whole) {
      this.#grids.reset(picture.grids.values());
      this.#units.reset(picture.units.values());
      this.#cases.reset(picture.cases.values());
    } else {
      this.#grids.update(change.grids);
      this.#units.update(change.units, change.gone);
      this.#cases.update(change.cases, change.closed);
    }
  }

  /**
   * The map is about another area: goes there.
   * @param within the grids that the picture is of; of others nothing is drawn but their outlines. Default: all.
   */
  about(area: string, within?: ReadonlySet<string>, animate = true): void {
    this.#area = area;
    this.#within = within;
    this.#grids.within = within;
    if (this.#picture) this.#grids.reset(this.#picture.grids.values());
    this.overview(animate);
  }

  /** Puts a ring around a place; without one takes it away. The map moves only if the place is out of sight. */
  ring(place?: { readonly lat: number; readonly lon: number }): void {
    this.#ring?.remove();
    this.#ring = undefined;
    if (!place) return;
    const { map } = this;
    this.#ring = leaflet.circleMarker([place.lat, place.lon], { radius: 20, weight: 3, fill: false, color: readPalette().text, interactive: false }).addTo(map);
    if (!map.getBounds().pad(-0.1).contains([place.lat, place.lon])) map.panTo([place.lat, place.lon], { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  }

  /** Units of other squads are drawn pale. Default: all units are alike. */
  squad(id: string | undefined): void {
    this.#squad = id;
    this.#units.squad = id;
  }

  /** Says something at one unit, wherever it goes; without words says nothing. */
  say(unit: string, words: string): void {
    this.#units.choose(unit, words);
  }

  /** Goes to an area and outlines it. */
  flyTo(code: string): void {
    const area = this.#shapes?.areaOf.get(code);
    if (!area) return;
    this.#overview = false;
    this.#grids.marked = code;
    // A grid is shown with its neighbours, a higher area by itself.
    this.#go(this.#boundsOf(area).pad(this.#shapes?.indexOfGrid.has(code) ? 0.9 : 0.05), true);
  }

  /** Shows the whole of what this map is about. */
  overview(animate = true): void {
    const shapes = this.#shapes;
    if (!shapes) return;
    const watched = shapes.areaOf.get(this.#area);
    const areas = watched ? [watched] : shapes.levels[0]?.areas ?? [];
    if (areas.length === 0) return;
    this.#overview = true;
    this.#grids.marked = undefined;
    const bounds = leaflet.latLngBounds([]);
    for (const area of areas) bounds.extend(this.#boundsOf(area));
    this.#go(bounds.pad(0.03), animate);
  }

  /** Says whether the picture is true right now. While it is not, the map holds still. */
  live(live: boolean): void {
    this.#live = live;
    this.#cases.live = live;
  }

  acknowledge(caseId: string): void {
    this.#cases.acknowledge(caseId);
  }

  #go(bounds: leaflet.LatLngBounds, animate: boolean): void {
    const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) this.map.fitBounds(bounds, { animate: false, maxZoom: 18 });
    else this.map.flyToBounds(bounds, { duration: 1.6, maxZoom: 18 });
  }

  #boundsOf(area: AreaShape): leaflet.LatLngBounds {
    const { anchorX, anchorY } = this.#shapes!;
    return leaflet.latLngBounds(
      [latitudeOf(anchorY + area.bottom * localUnit), longitudeOf(anchorX + area.left * localUnit)],
      [latitudeOf(anchorY + area.top * localUnit), longitudeOf(anchorX + area.right * localUnit)],
    );
  }

  /** Makes the layers anew for the screen's size. */
  #furnish(): void {
    const palette = readPalette();
    this.#size = palette.size;
    this.#grids = new GridsLayer(palette);
    this.#grids.within = this.#within;
    this.#units = new UnitsLayer(palette);
    this.#units.nowhere = this.options.nowhere ?? "";
    this.#units.squad = this.#squad;
    this.#cases = new CasesLayer(palette, this.options.now);
    this.#cases.live = this.#live;
    if (this.#shapes) this.#grids.territory(this.#shapes);
    if (this.#picture) this.show(this.#picture, { whole: true, grids: [], units: [], gone: [], cases: [], closed: [] });
    this.#put("grids", this.#grids);
    this.#put("units", this.#units);
    this.#put("cases", this.#cases);
    this.#putHelp();
  }

  /** Nothing is above who calls for help: they share the topmost canvas with the cases. */
  #putHelp(): void {
    const canvas = this.#canvas("cases");
    const [cases, { help }] = [this.#cases, this.#units];
    canvas.painter = {
      draw: (context, view, time) => {
        const moving = cases.draw(context, view, time);
        return help.draw(context, view, time) || moving;
      },
      forget: () => cases.forget(),
    };
    this.#units.onHelp = () => canvas.invalidate();
  }

  #put(name: string, layer: Layer): void {
    const canvas = this.#canvas(name);
    layer.onChange = () => canvas.invalidate();
    canvas.painter = layer;
  }

  #canvas(name: string): LeafletCanvasLayerElement {
    const canvas = this.element.querySelector<LeafletCanvasLayerElement>(`leaflet-canvas-layer[data-layer="${name}"]`);
    if (!canvas) throw new Error(`The map has no canvas layer '${name}'.`);
    return canvas;
  }

  /** Names what is under the pointer, and outlines its grid. */
  #point({ containerPoint, latlng }: leaflet.LeafletMouseEvent): void {
    const view = this.#canvas("grids").layer?.view;
    if (!view) return;
    const grid = this.#grids.gridAt(view, containerPoint.x, containerPoint.y);
    const code = grid === undefined ? undefined : this.options.areaAt?.(grid) ?? grid;
    this.#grids.marked = code;
    const name = this.#units.unitAt(view, containerPoint.x, containerPoint.y, performance.now()) ?? (code === undefined ? undefined : this.#shapes?.areaOf.get(code)?.name);
    if (name === undefined) {
      this.#tip.close();
      return;
    }
    const text = document.createElement("span");
    text.textContent = name;
    this.#tip.setContent(text).setLatLng(latlng);
    if (!this.#tip.isOpen()) this.#tip.openOn(this.map);
  }

  /** Whoever clicks a case has seen it; a click beside one goes to the grid. */
  #click({ x, y }: leaflet.Point): void {
    const view = this.#canvas("grids").layer?.view;
    if (!view) return;
    const seen = this.#cases.caseAt(view, x, y);
    const code = this.#grids.gridAt(view, x, y);
    if (seen !== undefined) {
      this.acknowledge(seen);
      return this.options.onCase?.(seen);
    }
    const unit = this.options.onUnit && this.#units.idAt(view, x, y, performance.now());
    if (unit !== undefined) return this.options.onUnit?.(unit);
    if (code === undefined) return;
    if (this.options.onArea) this.options.onArea(this.options.areaAt?.(code) ?? code);
    else this.flyTo(code);
  }
}
