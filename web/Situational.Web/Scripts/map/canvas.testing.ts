import { type CanvasView, scaleOf, worldX, worldY } from "blazor-leaflet";
import { vi } from "vitest";
import type { Palette } from "./palette";

export const palette: Palette = {
  ground: "ground", text: "text", muted: "muted", letter: "letter", silent: "silent", live: "live", late: "late", other: "other", liveText: "live-text", overdue: "overdue",
  levels: ["none", "red", "orange", "yellow", "blue"], font: "sans", size: 1,
};

/** A call of a canvas, with the colour that was set at the time. */
export interface Call {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly fillStyle: unknown;
  readonly strokeStyle: unknown;
}

/** A canvas's context that only writes down what is asked of it. */
export function recorder(): { readonly context: CanvasRenderingContext2D; readonly calls: Call[] } {
  const calls: Call[] = [];
  const own: Record<string, unknown> = { fillStyle: "", strokeStyle: "", font: "" };
  const context = new Proxy(own, {
    get: (_target, name) => {
      if (typeof name === "symbol" || name in own) return own[name as string];
      return (...values: unknown[]): unknown => {
        calls.push({ name, values, fillStyle: own["fillStyle"], strokeStyle: own["strokeStyle"] });
        if (name === "measureText") return { width: String(values[0]).length * 8 };
        if (name === "getImageData") return { data: new Uint8ClampedArray(Number(values[2]) * Number(values[3]) * 4).fill(255) };
        return undefined;
      };
    },
    set: (_target, name, value) => {
      own[name as string] = value;
      return true;
    },
  });
  return { context: context as unknown as CanvasRenderingContext2D, calls };
}

/** A path that knows the shapes it was given. */
export class FakePath {
  readonly parts: FakePath[] = [];
  readonly points: [number, number][] = [];

  constructor(readonly source?: string) {}

  addPath(path: FakePath): void {
    this.parts.push(path);
  }

  moveTo(x: number, y: number): void {
    this.points.push([x, y]);
  }

  lineTo(x: number, y: number): void {
    this.points.push([x, y]);
  }

  closePath(): void {}
}

class FakeImage {
  readonly data: Uint8ClampedArray;

  constructor(readonly width: number, readonly height: number) {
    this.data = new Uint8ClampedArray(width * height * 4);
  }
}

/** Lets every canvas of the document write down what is asked of it. Returns the calls of all. */
export function fakeCanvases(): Call[] {
  const all = recorder();
  vi.stubGlobal("Path2D", FakePath);
  vi.stubGlobal("ImageData", FakeImage);
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(all.context as unknown as null);
  return all.calls;
}

/** A view of 1000 × 800 CSS pixels with a place in its middle. */
export function viewOf(latitude: number, longitude: number, zoom: number): CanvasView {
  const scale = scaleOf(zoom);
  return { zoom, scale, left: worldX(longitude) * scale - 500, top: worldY(latitude) * scale - 400, width: 1000, height: 800, pixelRatio: 1, moving: false };
}

/** A square area of so many degrees, with its south-west corner at (south, west). */
export function square(level: string, code: string, south: number, west: number, side: number, parent?: string): GeoJSON.Feature {
  const [north, east] = [south + side, west + side];
  return {
    type: "Feature",
    properties: { code, name: `名${code}`, level, ...(parent ? { parent } : {}) },
    geometry: { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
  };
}
