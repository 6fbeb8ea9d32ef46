import { describe, expect, it } from "vitest";
import { gapMs, isBeyond, nearestPoint, partsOf, pointsIn, ticksOf, tickEvery, type TrailPoint } from "./trail";

const minute = 60_000;
const point = (at: number, north = 0, east = 0, ends = 0): TrailPoint => [at, 31_000_000 + north, 121_000_000 + east, 5, "g-1", ends];

describe("A trail of the past", () => {
  const points = [point(0), point(minute), point(2 * minute), point(3 * minute)];
  const asked = { from: 0, to: 3 * minute };

  it("ends at the moment that is shown, and begins with the span", () => {
    expect(pointsIn(points, { from: minute, to: 2 * minute }).map(([at]) => at)).toEqual([minute, 2 * minute]);
    expect(pointsIn(points, { from: -minute, to: -1 })).toEqual([]);
  });

  it("is asked for anew where what was read says nothing of a part of the span", () => {
    expect(isBeyond(asked, { from: minute, to: 2 * minute })).toBe(false);
    expect(isBeyond(asked, { from: -1_000, to: 3 * minute + 1_000 })).toBe(false);
    expect(isBeyond(asked, { from: -minute, to: 2 * minute })).toBe(true);
    expect(isBeyond(asked, { from: minute, to: 4 * minute })).toBe(true);
  });
});

describe("A trail", () => {
  it("is one part while nothing is missing, up to the very gap", () => {
    expect(partsOf([point(0), point(gapMs), point(2 * gapMs)])).toHaveLength(1);
  });

  it("is broken where nobody knows where the unit was", () => {
    const parts = partsOf([point(0), point(minute), point(minute + gapMs + 1), point(20 * minute)]);
    expect(parts.map(({ gap, points }) => [gap, points.map(([at]) => at)])).toEqual([
      [false, [0, minute]], [true, [minute, minute + gapMs + 1]], [false, [minute + gapMs + 1]], [true, [minute + gapMs + 1, 20 * minute]], [false, [20 * minute]],
    ]);
  });

  it("ends where the unit went off duty: no line leads on from there", () => {
    const parts = partsOf([point(0), point(minute, 0, 0, 1), point(2 * minute), point(40 * minute)]);
    expect(parts.map(({ gap }) => gap)).toEqual([false, false, true, false]);
    expect(parts[0]?.points).toHaveLength(2);
  });

  it("of nothing is nothing", () => expect(partsOf([])).toEqual([]));

  it("says times at its ends and once in each span", () => {
    const ticks = ticksOf([0, 4, 9, 11, 19, 25, 26].map((m) => point(m * minute)), 10 * minute);
    expect(ticks.map(({ point: [at] }) => at / minute)).toEqual([0, 11, 25, 26]);
  });

  it("knows where it leads, and that standing leads nowhere", () => {
    const ticks = ticksOf([point(0), point(1, 1_000, 0), point(2, 1_000, 1_000), point(3, 1_000, 1_000)], 1);
    expect(ticks.map(({ heading }) => heading === undefined ? undefined : Math.round(heading))).toEqual([0, 90, undefined, undefined]);
  });

  it.each([[60, 10], [120, 20], [240, 30], [480, 60], [1_440, 180]])("of %d minutes has a time every %d minutes", (span, every) => {
    expect(tickEvery(span * minute)).toBe(every * minute);
  });

  it("tells the time under the pointer, and none from afar", () => {
    const points = [point(0), point(1, 100), point(2, 200)];
    const project = (one: TrailPoint): readonly [number, number] => [0, one[1] - 31_000_000];
    expect(nearestPoint(points, project, 5, 120, 30)?.[0]).toBe(1);
    expect(nearestPoint(points, project, 50, 120, 30)).toBeUndefined();
  });
});
