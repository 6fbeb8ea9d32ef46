import { beforeEach, describe, expect, it, vi } from "vitest";
import { DotField, type Stamp } from "./dot-field";

const [opaque, soft] = [0xff00ff00, 0x80ff0000];

function stamp(side: number, ...pixels: number[]): Stamp {
  return { side, pixels: Uint32Array.from(pixels) };
}

describe("DotField", () => {
  let shown: Uint32Array;
  let sheet: Pick<CanvasRenderingContext2D, "putImageData">;

  beforeEach(() => {
    vi.stubGlobal("ImageData", class { readonly data: Uint8ClampedArray; constructor(width: number, height: number) { this.data = new Uint8ClampedArray(width * height * 4); } });
    sheet = { putImageData: (image: ImageData) => { shown = new Uint32Array(image.data.buffer.slice(0)); } };
    return () => vi.unstubAllGlobals();
  });

  function draw(field: DotField): number[] {
    field.end(sheet);
    return [...shown];
  }

  it("puts the visible pixels of a dot where they belong", () => {
    const field = new DotField();
    field.begin(4, 3);
    field.use(0, stamp(2, opaque, 0, soft, opaque));
    field.put(0, 1, 1);

    expect(draw(field)).toEqual([0, 0, 0, 0, 0, opaque, 0, 0, 0, soft, opaque, 0]);
  });

  it.each([[-1, -1], [3, 2], [-1, 2], [3, -1], [9, 9], [-5, 0]])("cuts off what reaches beyond, at %i, %i", (left, top) => {
    const field = new DotField();
    field.begin(4, 3);
    field.use(0, stamp(2, opaque, opaque, opaque, opaque));
    field.put(0, left, top);

    const wanted = Array.from({ length: 12 }, (_, at) => {
      const [x, y] = [at % 4, Math.floor(at / 4)];
      return x >= left && x < left + 2 && y >= top && y < top + 2 ? opaque : 0;
    });
    expect(draw(field)).toEqual(wanted);
  });

  it("lets no soft edge eat into another dot", () => {
    const field = new DotField();
    field.begin(1, 1);
    field.use(0, stamp(1, opaque));
    field.use(1, stamp(1, soft));
    field.put(0, 0, 0);
    field.put(1, 0, 0);

    expect(draw(field)).toEqual([opaque]);
  });

  it("is empty again at the next frame, and after another size", () => {
    const field = new DotField();
    field.use(0, stamp(1, opaque));
    field.begin(2, 2);
    field.use(0, stamp(1, opaque));
    field.put(0, 0, 0);
    field.begin(2, 2);
    expect(draw(field)).toEqual([0, 0, 0, 0]);

    field.put(0, 1, 0);
    field.begin(3, 2);
    field.use(0, stamp(1, opaque));
    field.put(0, 0, 1);
    expect(draw(field)).toEqual([0, 0, 0, opaque, 0, 0]);
  });
});
