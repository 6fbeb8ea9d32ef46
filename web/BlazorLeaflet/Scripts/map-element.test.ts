import { afterEach, describe, expect, it } from "vitest";
import { LeafletMapElement } from "./index";

describe("<leaflet-map>", () => {
  afterEach(() => document.body.replaceChildren());

  it("shows what its attributes say", () => {
    document.body.innerHTML = `<leaflet-map latitude="22.77" longitude="113.92" zoom="13"></leaflet-map>`;
    const element = document.querySelector("leaflet-map") as LeafletMapElement;

    expect(element.map?.getCenter()).toMatchObject({ lat: 22.77, lng: 113.92 });
    expect(element.map?.getZoom()).toBe(13);
  });

  it("ends its map when it leaves the document", () => {
    document.body.innerHTML = `<leaflet-map></leaflet-map>`;
    const element = document.querySelector("leaflet-map") as LeafletMapElement;
    element.remove();

    expect(element.map).toBeUndefined();
    expect(element.childElementCount).toBe(0);
  });
});
