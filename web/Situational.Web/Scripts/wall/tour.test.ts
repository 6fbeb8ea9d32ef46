import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { tour } from "./tour";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it("visits the stops in turn, then the whole city, and rests when somebody touches the wall", () => {
  const seen: string[] = [];
  const stops = ["a", "b"];
  tour(() => stops, (code) => seen.push(code), () => seen.push("all"), 1_000, 5_000);
  vi.advanceTimersByTime(4_000);
  expect(seen).toEqual(["a", "b", "all", "a"]);
  window.dispatchEvent(new Event("pointerdown"));
  vi.advanceTimersByTime(4_900);
  expect(seen).toHaveLength(4);
  vi.advanceTimersByTime(1_000);
  expect(seen.at(-1)).toBe("b");
});
