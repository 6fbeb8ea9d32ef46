import { describe, expect, it } from "vitest";
import type { UnitRow } from "../feed/frame";
import { unit } from "../feed/frames.testing";
import { callsOf } from "./calls";
import { rosterOf } from "./roster";

describe("Calls for help", () => {
  it("come from the own squad first, and once from each unit", () => {
    const units = [unit("a", { sosAt: 5 }), unit("b"), unit("c", { sosAt: 7 })];
    const squad = rosterOf("s9", [{ id: "z", callSign: "Z", onDuty: true, cases: [], sos: { at: "2026-11-22T00:00:00Z" } }, { id: "c", callSign: "C", onDuty: true, cases: [], sos: { at: "2026-11-22T00:00:00Z" } }], [], []);
    expect(callsOf(squad, units).map((call) => [call.unit, call.grid])).toEqual([["z", undefined], ["c", undefined], ["a", "g1"]]);
  });

  it("have no place that nobody knows", () => {
    const lost = unit("a", { at: 0, sosAt: 5 }).map((value, column) => column === 1 || column === 2 ? 0 : value) as unknown as UnitRow;
    expect(callsOf([], [lost]).map(({ unit, grid }) => [unit, grid])).toEqual([["a", undefined]]);
    expect(rosterOf("s1", [], [lost], [])[0]).toMatchObject({ grid: undefined, fixAt: undefined, sosAt: 5 });
  });

  it("are none when each was answered", () => {
    const squad = rosterOf("s1", [{ id: "a", callSign: "A", onDuty: true, cases: [], sos: { at: "2026-11-22T00:00:00Z" } }], [unit("a")], []);
    expect(callsOf(squad, [unit("a")])).toEqual([]);
  });
});
