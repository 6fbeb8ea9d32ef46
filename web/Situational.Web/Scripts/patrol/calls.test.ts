import { describe, expect, it } from "vitest";
import { unit } from "../feed/frames.testing";
import { callsOf } from "./calls";
import { rosterOf } from "./roster";

describe("Calls for help", () => {
  it("come from the own squad first, and once from each unit", () => {
    const units = [unit("a", { sosAt: 5 }), unit("b"), unit("c", { sosAt: 7 })];
    const squad = rosterOf("s9", [{ id: "z", callSign: "Z", onDuty: true, cases: [], sos: { at: "2026-11-22T00:00:00Z" } }, { id: "c", callSign: "C", onDuty: true, cases: [], sos: { at: "2026-11-22T00:00:00Z" } }], [], []);
    expect(callsOf(squad, units).map((call) => [call.unit, call.grid])).toEqual([["z", undefined], ["c", undefined], ["a", "g1"]]);
  });

  it("are none when each was answered", () => {
    const squad = rosterOf("s1", [{ id: "a", callSign: "A", onDuty: true, cases: [], sos: { at: "2026-11-22T00:00:00Z" } }], [unit("a")], []);
    expect(callsOf(squad, [unit("a")])).toEqual([]);
  });
});
