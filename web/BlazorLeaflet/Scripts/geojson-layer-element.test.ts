import type { FeatureCollection } from "geojson";
import { afterEach, describe, expect, it, vi } from "vitest";
import "./index";
import { type FeatureClick, type LeafletGeoJsonLayerElement } from "./index";

const square: FeatureCollection = {
  type: "FeatureCollection",
  features: [{
    type: "Feature",
    properties: { name: "<b>合水口</b>" },
    geometry: { type: "Polygon", coordinates: [[[10, 10], [11, 10], [11, 11], [10, 11], [10, 10]]] },
  }],
};

function put(attributes: string, within = ""): LeafletGeoJsonLayerElement {
  const page = document.createElement("main");
  page.innerHTML = `<leaflet-map latitude="10.5" longitude="10.5" zoom="8"><leaflet-geojson-layer ${attributes}>${within}</leaflet-geojson-layer></leaflet-map>`;
  document.body.append(page);
  return document.querySelector("leaflet-geojson-layer")!;
}

function once(element: HTMLElement, name: string): Promise<Event> {
  return new Promise(resolve => element.addEventListener(name, resolve, { once: true }));
}

describe("<leaflet-geojson-layer>", () => {
  afterEach(() => {
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  });

  it("shows what its address answers", async () => {
    const fetched = vi.fn(() => Promise.resolve(new Response(JSON.stringify(square))));
    vi.stubGlobal("fetch", fetched);
    const element = put(`src="/shapes"`);
    await once(element, "load");

    expect(fetched).toHaveBeenCalledWith("/shapes", expect.anything());
    expect(element.layer?.getLayers().length).toBe(1);
  });

  it("says when its address answers with a refusal", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 503 })));
    const failed = await once(put(`src="/shapes"`), "error") as CustomEvent<Error>;

    expect(failed.detail.message).toContain("503");
  });

  it("shows the data block of the page", async () => {
    const element = put("", `<script type="application/json">${JSON.stringify(square)}</script>`);
    await once(element, "load");

    expect(element.layer?.getBounds().getNorth()).toBe(11);
  });

  it("stops its request when it leaves the document", async () => {
    let signal: AbortSignal | undefined;
    vi.stubGlobal("fetch", (_: string, options: RequestInit) => {
      signal = options.signal ?? undefined;
      return new Promise(() => {});
    });
    const element = put(`src="/shapes"`);
    element.remove();

    expect(signal?.aborted).toBe(true);
  });

  it("moves the map to its shapes when asked to", () => {
    const element = put(`fit`);
    element.closest("leaflet-map")?.map?.setView([0, 0], 3);
    element.data = square;

    expect(element.closest("leaflet-map")?.map?.getCenter().lng).toBeCloseTo(10.5, 1);
  });

  it("is reached and answered by keyboard, with its label as text", () => {
    const element = put(`interactive label-property="name"`);
    element.data = square;
    const shape = document.querySelector("path")!;
    const clicks: FeatureClick[] = [];
    element.addEventListener("featureclick", event => clicks.push((event as CustomEvent<FeatureClick>).detail));
    shape.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));

    expect(shape.getAttribute("tabindex")).toBe("0");
    expect(shape.getAttribute("aria-label")).toBe("<b>合水口</b>");
    expect(clicks[0]?.feature.properties?.["name"]).toBe("<b>合水口</b>");
    expect(clicks[0]?.latlng.lat).toBeCloseTo(10.5, 6);
  });
});
