/** Something that can draw itself once a frame. */
export interface Drawable {
  /** Draws at `time` (ms, of `requestAnimationFrame`). True: it is in motion and wants the next frame too. */
  drawFrame(time: number): boolean;
  /** Least ms between two frames of a motion; 0 for as many as the screen shows. */
  readonly pace: number;
}

/** What the loop needs of a window. */
export interface FrameSource {
  requestAnimationFrame(callback: (time: number) => void): number;
  cancelAnimationFrame(handle: number): void;
  readonly document: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
}

/** What failed is drawn again after so many ms. */
const retryAfter = 1_000;

/**
 * One `requestAnimationFrame` for everything on the page that draws. It runs only while something is wanted and the
 * page is visible; a hidden page draws once when it is seen again.
 */
export class FrameLoop {
  readonly #wanted = new Map<Drawable, number>();
  #handle = 0;
  #listening = false;

  constructor(private readonly source: FrameSource) {}

  /** Draw it in the next frame. Any number of calls before that draw once. */
  request(drawable: Drawable): void {
    this.#wanted.set(drawable, 0);
    this.#schedule();
  }

  /** Forget it. */
  cancel(drawable: Drawable): void {
    this.#wanted.delete(drawable);
    if (this.#wanted.size > 0) return;
    if (this.#handle !== 0) this.source.cancelAnimationFrame(this.#handle);
    this.#handle = 0;
    this.#listen(false);
  }

  #schedule(): void {
    if (this.#handle !== 0 || this.#wanted.size === 0) return;
    this.#listen(true);
    if (this.source.document.visibilityState === "hidden") return;
    this.#handle = this.source.requestAnimationFrame(this.#tick);
  }

  readonly #tick = (time: number): void => {
    this.#handle = 0;
    for (const [drawable, notBefore] of [...this.#wanted]) {
      if (!this.#wanted.has(drawable) || time < notBefore) continue;
      this.#wanted.delete(drawable);
      let moving = false;
      try {
        moving = drawable.drawFrame(time);
      } catch (error) {
        reportError(error);
        // It may have been a passing fault, and nothing else may ask for it soon.
        if (!this.#wanted.has(drawable)) this.#wanted.set(drawable, time + retryAfter);
      }
      // A frame that comes a little early counts: screens do not tick in whole milliseconds.
      if (moving && !this.#wanted.has(drawable)) this.#wanted.set(drawable, drawable.pace > 0 ? time + drawable.pace - 4 : 0);
    }
    if (this.#wanted.size === 0) this.#listen(false);
    this.#schedule();
  };

  readonly #seen = (): void => {
    if (this.source.document.visibilityState !== "hidden") this.#schedule();
    else if (this.#handle !== 0) {
      this.source.cancelAnimationFrame(this.#handle);
      this.#handle = 0;
    }
  };

  #listen(wanted: boolean): void {
    if (wanted === this.#listening) return;
    this.#listening = wanted;
    if (wanted) this.source.document.addEventListener("visibilitychange", this.#seen);
    else this.source.document.removeEventListener("visibilitychange", this.#seen);
  }
}

/** The page's loop. */
export const pageLoop = new FrameLoop(globalThis.window);
