import { afterEach, describe, expect, it, vi } from "vitest";
import { type LeafletMapElement, leaflet } from "./index";

function put(html: string): LeafletMapElement {
  document.body.innerHTML = html;
  return document.querySelector("leaflet-map")!;
}

describe("<leaflet-map>", () => {
  afterEach(() => document.body.replaceChildren());

  it("shows what its attributes say", () => {
    const element = put(`<leaflet-map latitude="22.77" longitude="113.92" zoom="13" min-zoom="9" label="城市"></leaflet-map>`);

    expect(element.map?.getCenter()).toMatchObject({ lat: 22.77, lng: 113.92 });
    expect(element.map?.getZoom()).toBe(13);
    expect(element.map?.getMinZoom()).toBe(9);
    expect(element.map?.getContainer().getAttribute("aria-label")).toBe("城市");
    expect(element.querySelector(".leaflet-control-zoom")).not.toBeNull();
  });

  it("takes no keys and shows no buttons when it is not interactive", () => {
    const element = put(`<leaflet-map interactive="false"></leaflet-map>`);

    expect(element.map?.keyboard.enabled()).toBe(false);
    expect(element.map?.dragging.enabled()).toBe(false);
    expect(element.querySelector(".leaflet-control-zoom")).toBeNull();
  });

  it("follows its attributes, as one move", async () => {
    const element = put(`<leaflet-map latitude="1" longitude="2" zoom="3"></leaflet-map>`);
    const moved = vi.fn();
    element.map?.on("moveend", moved);

    element.setAttribute("latitude", "22.5");
    element.setAttribute("longitude", "114");
    element.setAttribute("zoom", "11");
    await Promise.resolve();

    expect(element.map?.getZoom()).toBe(11);
    expect(element.map?.getCenter()).toMatchObject({ lat: 22.5, lng: 114 });
    expect(moved).toHaveBeenCalledOnce();
  });

  it("says what it cannot read, and holds the default", () => {
    const complaint = vi.spyOn(console, "error").mockImplementation(() => {});
    const element = put(`<leaflet-map latitude="north" zoom="3"></leaflet-map>`);

    expect(element.map?.getCenter().lat).toBe(0);
    expect(complaint).toHaveBeenCalledWith(expect.stringContaining(`latitude="north"`));
    complaint.mockRestore();
  });

  it("keeps several maps apart", () => {
    document.body.innerHTML = `
      <leaflet-map zoom="3"><leaflet-canvas-layer></leaflet-canvas-layer></leaflet-map>
      <leaflet-map zoom="5"><leaflet-canvas-layer></leaflet-canvas-layer><leaflet-canvas-layer></leaflet-canvas-layer></leaflet-map>`;
    const [one, two] = [...document.querySelectorAll("leaflet-map")];

    expect(one?.map).not.toBe(two?.map);
    expect(one?.querySelectorAll("canvas").length).toBe(1);
    expect(two?.querySelectorAll("canvas").length).toBe(2);
  });

  it("ends its map and layers when it leaves the document, and begins anew when it comes back", () => {
    const element = put(`<leaflet-map><leaflet-canvas-layer></leaflet-canvas-layer></leaflet-map>`);
    const first = element.map;
    const layer = element.querySelector("leaflet-canvas-layer")!;
    element.remove();

    expect(element.map).toBeUndefined();
    expect(layer.layer).toBeUndefined();
    expect([...element.children]).toEqual([layer]);

    document.body.append(element);
    expect(element.map).toBeInstanceOf(leaflet.Map);
    expect(element.map).not.toBe(first);
    expect(element.querySelectorAll("canvas").length).toBe(1);
  });

  it("leaves no listener on the window behind", () => {
    const added = vi.spyOn(window, "addEventListener");
    const removed = vi.spyOn(window, "removeEventListener");
    const element = put(`<leaflet-map zoom="3"><leaflet-canvas-layer></leaflet-canvas-layer></leaflet-map>`);
    element.remove();

    const key = (call: unknown[]): string => String(call[0]);
    expect(removed.mock.calls.map(key).sort()).toEqual(added.mock.calls.map(key).sort());
    expect(added).toHaveBeenCalled();
    added.mockRestore();
    removed.mockRestore();
  });
});
