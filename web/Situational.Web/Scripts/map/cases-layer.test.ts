import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Call, fakeCanvases, palette, recorder, viewOf } from "./canvas.testing";
import { CasesLayer, overduePulseMilliseconds, pulseMilliseconds } from "./cases-layer";
import type { CaseRow } from "./types";

let offscreen: Call[];
beforeEach(() => { offscreen = fakeCanvases(); });
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const [lat, lon] = [22.77, 113.93];

function open(id: string, severity: number, reportedAt: number, shift = 0, stage = 1, level = 0, escalations = 0): CaseRow {
  return [id, "g", "road", severity, stage, Math.round(lat * 1e6), Math.round((lon + shift) * 1e6), reportedAt, 0, level, escalations, "", 0, 0, 0, ""];
}

describe("CasesLayer", () => {
  const now = 1_000_000;
  const old = now - 3_600_000;
  const view = viewOf(lat, lon, 14);

  it("draws one marker a case that stands alone, the worst last", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("red", 1, old), open("blue", 4, old, 0.02)]);
    const { context, calls } = recorder();

    expect(layer.draw(context, view, 0)).toBe(false);
    expect(layer.markers).toHaveLength(2);
    // The sheet's column is the severity.
    const columns = calls.filter(call => call.name === "drawImage").map(call => Number(call.values[1]) / Number(call.values[3]));
    expect(columns).toEqual([4, 1]);
  });

  it("shares a marker among cases that would cover each other, in the worst one's colour", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 3, old), open("b", 2, old, 0.00001), open("c", 4, old, 0.00002)]);
    layer.draw(recorder().context, view, 0);

    expect(layer.markers).toEqual([expect.objectContaining({ severity: 2, count: 3 })]);
    expect(offscreen.some(call => call.name === "fillText" && call.values[0] === "3")).toBe(true);
  });

  it("drops what is closed, by its stage and by its id", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old), open("b", 1, old, 0.02)]);
    layer.update([open("a", 1, old, 0, 7)], ["b"]);
    layer.draw(recorder().context, view, 0);

    expect(layer.markers).toEqual([]);
  });

  it("asks for the time once however many cases there are", () => {
    const clock = vi.fn(() => now);
    const layer = new CasesLayer(palette, clock);
    layer.reset(Array.from({ length: 1_000 }, (_, at) => open(`c${at}`, 1, now)));
    layer.update(Array.from({ length: 1_000 }, (_, at) => open(`d${at}`, 1, now)), []);

    expect(clock).toHaveBeenCalledTimes(2);
    expect(layer.pulsing.size).toBe(2_000);
  });

  it("pulses while a case is new, and no longer", () => {
    let time = now;
    const layer = new CasesLayer(palette, () => time);
    layer.update([open("a", 1, now)], []);

    expect(layer.draw(recorder().context, view, 0)).toBe(true);
    time = now + pulseMilliseconds[1]! - 1;
    expect(layer.draw(recorder().context, view, 0)).toBe(true);
    time = now + pulseMilliseconds[1]!;
    expect(layer.draw(recorder().context, view, 0)).toBe(false);
    expect(pulseMilliseconds[1]).toBe(60_000);
  });

  it("pulses no more once somebody has seen it, also when its row comes again", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.update([open("a", 1, now)], []);
    layer.acknowledge("a");
    layer.update([open("a", 1, now, 0, 4)], []);

    expect(layer.draw(recorder().context, view, 0)).toBe(false);
  });

  it("holds still while the picture is not live, and pulses on when it is again", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.update([open("a", 1, now)], []);
    const change = vi.fn();
    layer.onChange = change;

    layer.live = false;
    expect(change).toHaveBeenCalledOnce();
    const { context, calls } = recorder();
    expect(layer.draw(context, view, 0)).toBe(false);
    expect(calls.some(call => call.name === "arc" || call.name === "stroke")).toBe(false);
    expect(layer.markers).toHaveLength(1);

    layer.live = false;
    expect(change).toHaveBeenCalledOnce();
    layer.live = true;
    expect(change).toHaveBeenCalledTimes(2);
    expect(layer.draw(recorder().context, view, 0)).toBe(true);
  });

  it("does not pulse for what was reported long ago, though it is new to the screen", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old)]);

    expect(layer.pulsing.size).toBe(0);
  });

  it("draws a ring of another form for each deadline level, below the signs, and the worst of a shared marker", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([
      open("fine", 4, old), open("near", 4, old, 0.02, 1, 1), open("over", 4, old, -0.02, 1, 2), open("twice", 3, old, 0.01, 1, 3),
      open("with it", 2, old, 0.01001, 1, 0, 2),
    ]);
    const { context, calls } = recorder();
    layer.draw(context, view, 0);

    expect(layer.markers.map(marker => [marker.level, marker.severity, marker.count, marker.escalated])).toEqual([[0, 4, 1, false], [1, 4, 1, false], [2, 4, 1, false], [3, 2, 2, true]]);
    const drawn = calls.filter(call => call.name === "drawImage");
    // The ring's column is the level.
    expect(drawn.slice(0, 3).map(call => Number(call.values[1]) / Number(call.values[3]))).toEqual([1, 2, 3]);
    // The rings themselves: a broken line, a thick one, and two. Each is stroked twice, its dark edge first.
    const dashes = offscreen.filter(call => call.name === "setLineDash").map(call => (call.values[0] as number[]).length);
    expect(dashes).toEqual([0, 2, 0, 0, 0, 0, 0, 0]);
  });

  it("pulses when the time of a case runs out, also of one that somebody saw, but not for one that came overdue", () => {
    let time = now;
    const layer = new CasesLayer(palette, () => time);
    layer.reset([open("a", 1, old), open("b", 1, old, 0.02, 1, 2)]);
    layer.acknowledge("a");
    expect(layer.pulsing.size).toBe(0);

    layer.update([open("a", 1, old, 0, 1, 1)], []);
    expect(layer.pulsing.size).toBe(0);
    layer.update([open("a", 1, old, 0, 1, 2)], []);
    expect([...layer.pulsing]).toEqual(["a"]);
    time = now + overduePulseMilliseconds;
    expect(layer.draw(recorder().context, view, 0)).toBe(false);
    // After a break of the feed the whole picture tells what happened meanwhile.
    layer.reset([open("a", 1, old, 0, 1, 3), open("b", 1, old, 0.02, 1, 2)]);
    expect([...layer.pulsing]).toEqual(["a"]);
    layer.acknowledge("a");
    expect(layer.pulsing.size).toBe(0);
  });

  it.each([7, 8, 12])("drops what came to stage %d", (stage) => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old)]);
    layer.update([open("a", 1, old, 0, stage)], []);
    layer.draw(recorder().context, view, 0);
    expect(layer.markers).toEqual([]);
  });

  it("makes its signs anew when they were lost", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("a", 1, old)]);
    layer.draw(recorder().context, view, 0);
    offscreen.length = 0;
    layer.draw(recorder().context, view, 16);
    expect(offscreen).toEqual([]);
    layer.forget();
    layer.draw(recorder().context, view, 32);
    expect(offscreen.some(call => call.name === "clip")).toBe(true);
  });

  it("finds the worst case under the pointer", () => {
    const layer = new CasesLayer(palette, () => now);
    layer.reset([open("blue", 4, old), open("red", 1, old, 0.00005)]);

    expect(layer.caseAt(view, 500, 400)).toBe("red");
    expect(layer.caseAt(view, 700, 400)).toBeUndefined();
  });
});
