import "blazor-leaflet";
import { leaflet } from "blazor-leaflet";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeCanvases, square } from "./canvas.testing";
import { CityMap } from "./city-map";
import type { CaseRow, CityChange, CityRows, GridRow, UnitRow } from "./types";

const geoJson = {
  type: "FeatureCollection",
  levels: ["city", "grid"],
  features: [square("city", "c", 22.7, 113.9, 0.1), square("grid", "a", 22.7, 113.9, 0.05, "c"), square("grid", "b", 22.75, 113.95, 0.05, "c")],
} as GeoJSON.FeatureCollection;

const grid: GridRow = ["a", 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const unit: UnitRow = ["u", 22_725_000, 113_925_000, 0, 0, 1_000, "a", "s", "巡一", 0, -1, 0, 0];
const now = 5_000_000;
const open: CaseRow = ["k", "b", "road", 1, 1, 22_775_000, 113_975_000, now, 0, 0, 0, "", 0, 0, 0, ""];
const whole: CityChange = { whole: true, grids: [], units: [], gone: [], cases: [], closed: [] };

function rows(): CityRows {
  return { grids: new Map([["a", grid]]), units: new Map([["u", unit]]), cases: new Map([["k", open]]) };
}

describe("CityMap", () => {
  let frames: ((time: number) => void)[];
  beforeEach(() => {
    fakeCanvases();
    frames = [];
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    vi.spyOn(window, "requestAnimationFrame").mockImplementation(callback => frames.push(callback));
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1000);
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(800);
    const page = document.createElement("main");
    page.innerHTML = `<leaflet-map zoom-snap="0">${["grids", "units", "cases"].map(name => `<leaflet-canvas-layer data-layer="${name}"></leaflet-canvas-layer>`).join("")}</leaflet-map>`;
    document.body.append(page);
  });

  afterEach(() => {
    document.body.replaceChildren();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  function city(area = ""): CityMap {
    return new CityMap(document.querySelector("leaflet-map")!, { now: () => now, area });
  }

  function frame(): void {
    for (const callback of frames.splice(0)) callback(16);
  }

  function click(map: CityMap, latitude: number, longitude: number): void {
    const latlng = leaflet.latLng(latitude, longitude);
    map.map.fire("click", { latlng, containerPoint: map.map.latLngToContainerPoint(latlng) });
  }

  it("shows the whole territory at first, or the area it is about", () => {
    const everything = city();
    everything.territory({ geoJson });
    expect(everything.map.getBounds().contains([[22.7, 113.9], [22.8, 114]])).toBe(true);
    const zoom = everything.map.getZoom();

    const one = city("b");
    one.territory({ geoJson });
    expect(one.map.getBounds().contains([[22.75, 113.95], [22.8, 114]])).toBe(true);
    expect(one.map.getZoom()).toBeGreaterThan(zoom);
  });

  it("draws rows that came before the territory once it is there", () => {
    const map = city();
    map.show(rows(), whole);
    map.territory({ geoJson });

    expect(map.layers.grids.riskOf("a")).toBe(2);
    expect(map.layers.units.fleet.size).toBe(1);
    expect(map.layers.cases.pulsing.has("k")).toBe(true);
  });

  it("follows what changes", () => {
    const map = city();
    map.territory({ geoJson });
    map.show(rows(), whole);
    map.show(rows(), { ...whole, whole: false, grids: [["a", 2, 1, ...grid.slice(3)] as unknown as GridRow], gone: ["u"], closed: ["k"] });

    expect(map.layers.grids.riskOf("a")).toBe(1);
    expect(map.layers.units.fleet.size).toBe(0);
    expect(map.layers.cases.pulsing.size).toBe(0);
  });

  it("asks for no more frames while the picture is not live, though a case is new", () => {
    const map = city();
    map.territory({ geoJson });
    map.show(rows(), whole);
    frame();
    expect(frames).not.toHaveLength(0);

    map.live(false);
    frame();
    expect(frames).toHaveLength(0);
    map.live(true);
    frame();
    expect(frames).not.toHaveLength(0);
  });

  it("goes to an area, outlines it, and comes back", () => {
    const map = city();
    map.territory({ geoJson });
    const zoom = map.map.getZoom();
    map.flyTo("b");
    expect(map.map.getCenter().lng).toBeCloseTo(113.975, 2);
    expect(map.layers.grids.marked).toBe("b");

    map.flyTo("nowhere");
    map.overview();
    expect(map.map.getZoom()).toBeCloseTo(zoom, 6);
    expect(map.map.getCenter().lng).toBeCloseTo(113.95, 2);
    expect(map.layers.grids.marked).toBeUndefined();
  });

  it("goes to the grid that is clicked, and takes a clicked case for seen", () => {
    const map = city();
    map.territory({ geoJson });
    map.show(rows(), whole);
    frame();
    click(map, 22.775, 113.975);
    expect(map.layers.cases.pulsing.size).toBe(0);
    expect(map.layers.grids.marked).toBeUndefined();

    click(map, 22.71, 113.91);
    expect(map.layers.grids.marked).toBe("a");
  });

  it("names what is under the pointer, as text", () => {
    const map = city();
    map.territory({ geoJson });
    map.show(rows(), whole);
    frame();
    const hover = (latitude: number, longitude: number): string | null | undefined => {
      const latlng = leaflet.latLng(latitude, longitude);
      map.map.fire("mousemove", { latlng, containerPoint: map.map.latLngToContainerPoint(latlng) });
      return document.querySelector(".leaflet-tooltip")?.textContent;
    };

    expect(hover(22.725, 113.925)).toBe("巡一");
    expect(hover(22.76, 113.96)).toBe("名b");
    expect(hover(22.9, 114.3)).toBeFalsy();
  });
});
