import * as L from "leaflet";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CanvasLayer, type CanvasPainter } from "./canvas-layer";
import type { CanvasView } from "./canvas-view";
import { FrameLoop } from "./frame-loop";
import { worldX, worldY } from "./projection";

const place = L.latLng(22.7735, 113.9312);

describe("CanvasLayer", () => {
  let map: L.Map;
  let frame: ((time: number) => void) | undefined;
  let views: CanvasView[];
  let loop: FrameLoop;
  const painter: CanvasPainter = { draw: (_context, view) => void views.push(view) };

  beforeEach(() => {
    // What every browser of today has, and the test's document does not say.
    (L.Browser as { any3d: boolean }).any3d = true;
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ setTransform() {}, clearRect() {} } as unknown as null);
    const host = document.createElement("div");
    Object.defineProperty(host, "clientWidth", { value: 800 });
    Object.defineProperty(host, "clientHeight", { value: 600 });
    document.body.append(host);
    map = L.map(host, { center: [22.77, 113.92], zoom: 13, zoomSnap: 0 });
    views = [];
    frame = undefined;
    loop = new FrameLoop({
      document,
      requestAnimationFrame: callback => { frame = callback; return 1; },
      cancelAnimationFrame: () => { frame = undefined; },
    });
  });

  afterEach(() => {
    map.remove();
    document.body.replaceChildren();
    vi.restoreAllMocks();
  });

  function draw(): CanvasView {
    const run = frame;
    frame = undefined;
    run?.(16);
    return views.at(-1)!;
  }

  function screenOf(view: CanvasView, { lat, lng }: L.LatLng): L.Point {
    return L.point(worldX(lng) * view.scale - view.left, worldY(lat) * view.scale - view.top);
  }

  it("shows a place where Leaflet shows it", () => {
    new CanvasLayer(painter, {}, loop).addTo(map);
    for (const [zoom, center] of [[13, [22.77, 113.92]], [15.3, [22.771, 113.93]], [9, [22.5, 114.2]]] as const) {
      map.setView([...center], zoom, { animate: false });
      const here = screenOf(draw(), place);
      const there = map.latLngToContainerPoint(place);

      // Leaflet rounds to whole pixels.
      expect(Math.abs(here.x - there.x)).toBeLessThan(1);
      expect(Math.abs(here.y - there.y)).toBeLessThan(1);
    }
  });

  it("keeps its place while the map is dragged", () => {
    const layer = new CanvasLayer(painter, {}, loop).addTo(map);
    draw();
    map.panBy([120, -45], { animate: false });
    const here = screenOf(draw(), place).add(L.DomUtil.getPosition(layer.canvas));

    expect(here.distanceTo(map.latLngToLayerPoint(place))).toBeLessThan(1.5);
  });

  it("is carried to where a zoom animation ends", () => {
    const layer = new CanvasLayer(painter, {}, loop).addTo(map);
    const view = draw();
    const [center, zoom] = [L.latLng(22.775, 113.915), 15];
    map.fire("zoomanim", { center, zoom });
    const style = layer.canvas.style.transform.match(/translate3d\(([-\d.]+)px, ?([-\d.]+)px.*scale\(([\d.]+)\)/);
    const ended = L.point(Number(style?.[1]), Number(style?.[2])).add(screenOf(view, place).multiplyBy(Number(style?.[3])));

    // Where the place lies in the pane once the map is there; the pane itself does not move in a zoom.
    map.setView(center, zoom, { animate: false });
    expect(ended.distanceTo(map.latLngToLayerPoint(place))).toBeLessThan(2);
  });

  it("does not move under a running zoom animation, though it draws", () => {
    const layer = new CanvasLayer(painter, {}, loop).addTo(map);
    draw();
    map.fire("zoomanim", { center: L.latLng(22.775, 113.915), zoom: 15 });
    const carried = layer.canvas.style.transform;
    layer.invalidate();
    draw();

    expect(layer.canvas.style.transform).toBe(carried);
    map.fire("zoomend");
    draw();
    expect(layer.canvas.style.transform).not.toBe(carried);
  });

  it("draws when invalidated or moved, and else not", () => {
    const layer = new CanvasLayer(painter, {}, loop).addTo(map);
    draw();
    expect(frame).toBeUndefined();

    layer.invalidate();
    layer.invalidate();
    draw();
    expect(views.length).toBe(2);

    map.panBy([5, 5], { animate: false });
    draw();
    expect(views.length).toBe(3);
    expect(frame).toBeUndefined();
  });

  it("says whether the map moves", () => {
    new CanvasLayer(painter, {}, loop).addTo(map);
    map.fire("movestart").fire("move");
    expect(draw().moving).toBe(true);
    map.fire("moveend");
    expect(draw().moving).toBe(false);
  });

  it("has as many pixels as the screen, up to its limit", () => {
    vi.stubGlobal("devicePixelRatio", 3);
    const layer = new CanvasLayer(painter, { maxPixelRatio: 1.5 }, loop).addTo(map);
    expect(draw().pixelRatio).toBe(1.5);
    expect([layer.canvas.width, layer.canvas.height]).toEqual([1200, 900]);
    expect(layer.canvas.style.width).toBe("800px");
    vi.unstubAllGlobals();
  });

  it("lets the painter forget its pictures and draws anew when the browser gives a lost canvas back", () => {
    let lost = false;
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ setTransform() {}, clearRect() {}, isContextLost: () => lost } as unknown as null);
    const report = vi.fn();
    vi.stubGlobal("reportError", report);
    const forget = vi.fn();
    const layer = new CanvasLayer({ ...painter, forget }, {}, loop).addTo(map);
    draw();
    lost = true;
    layer.canvas.dispatchEvent(new Event("contextlost"));
    draw();
    expect(views.length).toBe(1);
    expect(report).toHaveBeenCalledOnce();

    lost = false;
    layer.canvas.dispatchEvent(new Event("contextrestored"));
    draw();
    vi.unstubAllGlobals();
    expect(forget).toHaveBeenCalledOnce();
    expect(views.length).toBe(2);
  });

  it("draws no more and hears nothing once it is taken off", () => {
    const layer = new CanvasLayer(painter, {}, loop).addTo(map);
    draw();
    const count = views.length;
    layer.remove();
    map.panBy([5, 5], { animate: false });
    layer.invalidate();

    expect(frame).toBeUndefined();
    expect(views.length).toBe(count);
    expect(map.getPane("overlayPane")?.childElementCount).toBe(0);
  });
});
