import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Drawable, FrameLoop, type FrameSource } from "./frame-loop";

class FakeWindow implements FrameSource {
  callbacks = new Map<number, (time: number) => void>();
  listeners = new Set<() => void>();
  visibilityState: DocumentVisibilityState = "visible";
  #handles = 0;

  readonly document = {
    window: this as FakeWindow,
    get visibilityState(): DocumentVisibilityState { return this.window.visibilityState; },
    addEventListener: (_: string, listener: unknown): void => void this.listeners.add(listener as () => void),
    removeEventListener: (_: string, listener: unknown): void => void this.listeners.delete(listener as () => void),
  };

  requestAnimationFrame(callback: (time: number) => void): number {
    this.callbacks.set(++this.#handles, callback);
    return this.#handles;
  }

  cancelAnimationFrame(handle: number): void {
    this.callbacks.delete(handle);
  }

  frame(time: number): void {
    const due = [...this.callbacks.values()];
    this.callbacks.clear();
    for (const callback of due) callback(time);
  }

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    for (const listener of [...this.listeners]) listener();
  }
}

function drawable(moves: () => boolean = () => false, pace = 0): Drawable & { times: number[] } {
  const times: number[] = [];
  return { times, pace, drawFrame(time) { times.push(time); return moves(); } };
}

describe("FrameLoop", () => {
  let window: FakeWindow;
  let loop: FrameLoop;
  beforeEach(() => {
    window = new FakeWindow();
    loop = new FrameLoop(window);
  });

  it("draws once for many requests, in one frame for all", () => {
    const [one, two] = [drawable(), drawable()];
    loop.request(one);
    loop.request(one);
    loop.request(two);

    expect(window.callbacks.size).toBe(1);
    window.frame(16);
    expect(one.times).toEqual([16]);
    expect(two.times).toEqual([16]);
    expect(window.callbacks.size).toBe(0);
  });

  it("goes on while something moves, and stops with it", () => {
    let left = 2;
    const moving = drawable(() => left-- > 0);
    loop.request(moving);
    for (const time of [16, 32, 48, 64]) window.frame(time);

    expect(moving.times).toEqual([16, 32, 48]);
    expect(window.callbacks.size).toBe(0);
    expect(window.listeners.size).toBe(0);
  });

  it("keeps the pace of a motion, but draws at once what was invalidated", () => {
    const paced = drawable(() => true, 100);
    loop.request(paced);
    for (let time = 0; time <= 200; time += 16) window.frame(time);
    expect(paced.times).toEqual([0, 96, 192]);

    loop.request(paced);
    window.frame(208);
    expect(paced.times.at(-1)).toBe(208);
  });

  it("rests while the page is hidden and draws when it is seen again", () => {
    const moving = drawable(() => true);
    loop.request(moving);
    window.frame(16);
    window.show("hidden");
    expect(window.callbacks.size).toBe(0);

    loop.request(moving);
    expect(window.callbacks.size).toBe(0);
    window.show("visible");
    window.frame(5_000);
    expect(moving.times).toEqual([16, 5_000]);
  });

  it("forgets what is cancelled, and listens to nothing then", () => {
    const one = drawable();
    loop.request(one);
    loop.cancel(one);

    window.frame(16);
    expect(one.times).toEqual([]);
    expect(window.callbacks.size).toBe(0);
    expect(window.listeners.size).toBe(0);
  });

  it("draws the others when one fails", () => {
    const report = vi.fn();
    vi.stubGlobal("reportError", report);
    const failing: Drawable = { pace: 0, drawFrame: () => { throw new Error("no"); } };
    const other = drawable();
    loop.request(failing);
    loop.request(other);
    window.frame(16);

    expect(other.times).toEqual([16]);
    expect(report).toHaveBeenCalledOnce();
    window.frame(1_000);
    expect(report).toHaveBeenCalledOnce();
    window.frame(1_016);
    expect(report).toHaveBeenCalledTimes(2);
    vi.unstubAllGlobals();
  });
});
