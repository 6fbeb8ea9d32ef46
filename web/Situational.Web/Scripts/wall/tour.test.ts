import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Tour } from "./tour";

let seen: string[];
let tour: Tour;

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  tour = new Tour(() => ["a", "b"], (code) => seen.push(code), () => seen.push("all"), { everyMs: 1_000, restMs: 5_000 });
});
afterEach(() => {
  tour.stop();
  vi.useRealTimers();
});

it("visits the stops in turn, then the whole city, and rests when somebody touches the wall", () => {
  tour.start();
  vi.advanceTimersByTime(4_000);
  expect(seen).toEqual(["a", "b", "all", "a"]);
  window.dispatchEvent(new Event("pointerdown"));
  vi.advanceTimersByTime(4_900);
  expect(seen).toHaveLength(4);
  vi.advanceTimersByTime(1_000);
  expect(seen.at(-1)).toBe("b");
});

it("begins at once by the key that starts it, and ends where it is", () => {
  document.addEventListener("keydown", () => tour.start(true), { once: true });
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true }));
  expect(seen).toEqual(["a"]);
  vi.advanceTimersByTime(1_000);
  expect(seen).toEqual(["a", "b"]);
  tour.stop();
  vi.advanceTimersByTime(10_000);
  expect([seen, tour.isOn]).toEqual([["a", "b"], false]);
});
