import { worldX, worldY } from "blazor-leaflet";
import { describe, expect, it } from "vitest";
import { viewOf } from "./canvas.testing";
import { Cells } from "./cells";

describe("Cells", () => {
  const view = viewOf(22.77, 113.93, 13);

  it("counts what lies together, with its middle and its worst", () => {
    const cells = new Cells();
    cells.reset(view, 50);
    const [x, y] = [worldX(113.93), worldY(22.77)];
    const inner = 0.1 / view.scale;
    const cell = cells.add(x, y, 4);
    expect(cells.add(x + inner, y, 2)).toBe(cell);

    expect(cells.counts[cell]).toBe(2);
    expect(cells.sumX[cell]! / 2).toBeCloseTo(x + inner / 2, 12);
    expect(cells.worst[cell]).toBe(2);
  });

  it("counts everything in the view once, and nothing far outside", () => {
    const cells = new Cells();
    cells.reset(view, 50);
    let inside = 0;
    for (let x = -200; x < 1200; x += 7)
      for (let y = -200; y < 1000; y += 7) {
        const cell = cells.add((x + view.left) / view.scale, (y + view.top) / view.scale, 1);
        if (x >= 0 && x < 1000 && y >= 0 && y < 800) {
          inside++;
          expect(cell).toBeGreaterThanOrEqual(0);
        }
        expect(cell).toBeLessThan(cells.length);
      }
    expect(cells.counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(inside);
    expect(cells.add(worldX(115), worldY(22.77), 1)).toBe(-1);
  });

  it("moves with the ground when the map is dragged: what was together stays so", () => {
    const cells = new Cells();
    const points = Array.from({ length: 40 }, (_, index): [number, number] => [(view.left + 300 + index * 9) / view.scale, (view.top + 300 + index * 5) / view.scale]);
    const groups = (left: number): string => {
      cells.reset({ ...view, left: view.left + left, top: view.top + left / 3 }, 50);
      const seen = new Map<number, number>();
      return points.map(([x, y]) => {
        const cell = cells.add(x, y, 1);
        if (!seen.has(cell)) seen.set(cell, seen.size);
        return seen.get(cell);
      }).join();
    };
    const resting = groups(0);
    for (const left of [1, 17.5, 49, 133]) expect(groups(left)).toBe(resting);
  });

  it("forgets what it counted before", () => {
    const cells = new Cells();
    cells.reset(view, 50);
    const cell = cells.add(worldX(113.93), worldY(22.77), 1);
    cells.reset(view, 50);
    expect(cells.counts[cell]).toBe(0);
    expect(cells.worst[cell]).toBe(255);
  });
});
