import { type CanvasView, scaleOf } from "blazor-leaflet";

/**
 * Counts of what lies in the cells of a lattice that is fixed to the ground: dragging the map moves the cells with it,
 * and a cell splits only when the map comes a whole zoom step closer.
 */
export class Cells {
  /** Number of cells; valid indices are 0 to length − 1. */
  length = 0;
  counts = new Int32Array(0);
  /** Sum of the world positions of what a cell holds. */
  sumX = new Float64Array(0);
  sumY = new Float64Array(0);
  /** Worst (lowest) rank of what a cell holds. */
  worst = new Uint8Array(0);
  #columns = 0;
  #rows = 0;
  #left = 0;
  #top = 0;
  #perWorld = 1;

  /** Empties the lattice and lays it over the view. A cell measures `size` CSS pixels at the whole zoom below the view's. */
  reset(view: CanvasView, size: number): void {
    this.#perWorld = scaleOf(Math.floor(view.zoom + 1e-6)) / size;
    const perPixel = this.#perWorld / view.scale;
    this.#left = Math.floor(view.left * perPixel) - 1;
    this.#top = Math.floor(view.top * perPixel) - 1;
    this.#columns = Math.ceil(view.width * perPixel) + 3;
    this.#rows = Math.ceil(view.height * perPixel) + 3;
    this.length = this.#columns * this.#rows;
    if (this.counts.length < this.length) {
      this.counts = new Int32Array(this.length);
      this.sumX = new Float64Array(this.length);
      this.sumY = new Float64Array(this.length);
      this.worst = new Uint8Array(this.length);
    } else {
      this.counts.fill(0, 0, this.length);
      this.sumX.fill(0, 0, this.length);
      this.sumY.fill(0, 0, this.length);
    }
    this.worst.fill(255, 0, this.length);
  }

  /** Counts what lies at a world position. Returns its cell, or -1 outside the view. */
  add(x: number, y: number, rank: number): number {
    const column = Math.floor(x * this.#perWorld) - this.#left;
    const row = Math.floor(y * this.#perWorld) - this.#top;
    if (column < 0 || row < 0 || column >= this.#columns || row >= this.#rows) return -1;
    const cell = row * this.#columns + column;
    this.counts[cell]!++;
    this.sumX[cell]! += x;
    this.sumY[cell]! += y;
    if (rank < this.worst[cell]!) this.worst[cell] = rank;
    return cell;
  }
}
