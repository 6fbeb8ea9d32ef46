import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { printNote, type ShownMoment } from "./print-note";
import { Texts } from "./texts";

const at = Date.UTC(2026, 10, 22, 15, 0, 5);
let root: HTMLElement;
let moment: ShownMoment;

beforeEach(() => {
  vi.useFakeTimers();
  root = document.createElement("p");
  moment = { now: at, shown: undefined, isPast: false };
  printNote(root, new Texts("en", "UTC"), () => moment);
});
afterEach(() => { vi.useRealTimers(); });

it("says when it was printed and of which moment, and keeps up", () => {
  expect(root.textContent).toBe("Printed 2026-11-22 15:00:05: nothing was known yet.");
  moment = { now: at + 2_000, shown: at + 1_000, isPast: false };
  vi.advanceTimersByTime(1_000);
  expect(root.textContent).toContain("Printed 2026-11-22 15:00:07: a snapshot of 2026-11-22 15:00:06.");
  moment = { now: at + 2_000, shown: at - 3_600_000, isPast: true };
  dispatchEvent(new Event("beforeprint"));
  expect(root.textContent).toContain("a moment of the past, 2026-11-22 14:00:05, not live");
});
