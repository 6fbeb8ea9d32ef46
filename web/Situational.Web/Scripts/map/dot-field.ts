/** A small picture to be stamped many times. */
export interface Stamp {
  readonly side: number;
  /** RGBA as a little-endian word, row by row. */
  readonly pixels: Uint32Array;
}

interface Prepared {
  readonly stamp: Stamp;
  /** Where the visible pixels lie from the stamp's upper left one, for the field's width. */
  readonly offsets: Int32Array;
  readonly colours: Uint32Array;
}

/**
 * Ten thousand dots a frame. Without a graphics card a canvas takes some µs for every picture drawn on it; writing the
 * few pixels of a dot takes a tenth of one.
 */
export class DotField {
  width = 0;
  height = 0;
  #image: ImageData | undefined;
  #pixels = new Uint32Array(0);
  #prepared: (Prepared | undefined)[] = [];

  /** Clears the field and gives it a size in device pixels. */
  begin(width: number, height: number): void {
    if (width === this.width && height === this.height) {
      this.#pixels.fill(0);
      return;
    }
    this.width = width;
    this.height = height;
    this.#image = new ImageData(width, height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#prepared = [];
  }

  /** Says what a kind of dot looks like. */
  use(kind: number, stamp: Stamp): void {
    if (this.#prepared[kind]?.stamp === stamp) return;
    const offsets: number[] = [];
    const colours: number[] = [];
    for (let row = 0; row < stamp.side; row++)
      for (let column = 0; column < stamp.side; column++) {
        const colour = stamp.pixels[row * stamp.side + column]!;
        if (colour >>> 24 === 0) continue;
        offsets.push(row * this.width + column);
        colours.push(colour);
      }
    this.#prepared[kind] = { stamp, offsets: Int32Array.from(offsets), colours: Uint32Array.from(colours) };
  }

  /** Puts a dot with its upper left pixel at (left, top), whole device pixels. What reaches beyond the field is cut off. */
  put(kind: number, left: number, top: number): void {
    const prepared = this.#prepared[kind];
    if (!prepared) return;
    const { side } = prepared.stamp;
    if (left < 0 || top < 0 || left + side > this.width || top + side > this.height) return this.#putCut(prepared.stamp, left, top);
    const { offsets, colours } = prepared;
    const pixels = this.#pixels;
    const base = top * this.width + left;
    for (let at = 0; at < offsets.length; at++) {
      const pixel = base + offsets[at]!;
      const colour = colours[at]!;
      // The more opaque pixel stays: soft edges keep their softness and never eat into another dot.
      if (colour >>> 24 >= pixels[pixel]! >>> 24) pixels[pixel] = colour;
    }
  }

  /** Replaces what is on the canvas. */
  end(context: Pick<CanvasRenderingContext2D, "putImageData">): void {
    if (this.#image) context.putImageData(this.#image, 0, 0);
  }

  #putCut({ side, pixels }: Stamp, left: number, top: number): void {
    for (let row = Math.max(0, -top); row < side && top + row < this.height; row++)
      for (let column = Math.max(0, -left); column < side && left + column < this.width; column++) {
        const colour = pixels[row * side + column]!;
        const pixel = (top + row) * this.width + left + column;
        if (colour >>> 24 !== 0 && colour >>> 24 >= this.#pixels[pixel]! >>> 24) this.#pixels[pixel] = colour;
      }
  }
}
