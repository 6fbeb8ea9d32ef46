import { describe, expect, it } from "vitest";
import { bodyOf, faultsOf, fieldsOf } from "./fields";

const now = Date.UTC(2026, 0, 5, 1);
const zone = "Asia/Shanghai";
const faults = (step: string, needs: string[], takes: string[], values: Record<string, string | string[]>) => faultsOf(step, fieldsOf(step, needs, takes), values, now, zone);
const body = (step: string, needs: string[], takes: string[], values: Record<string, string | string[]>) => bodyOf(step, fieldsOf(step, needs, takes), values, zone);

describe("the form of a step", () => {
  it("asks first for what is needed", () => {
    expect(fieldsOf("suspend", ["reason", "until"], ["note"])).toEqual([{ name: "reason", needed: true }, { name: "until", needed: true }, { name: "note", needed: false }]);
  });

  it("asks for whistle and department of a muster in one", () => {
    expect(fieldsOf("muster", ["whistle", "department", "state"], ["note", "unit"]).map((field) => field.name)).toEqual(["called", "state", "note", "unit"]);
  });

  it("misses what is needed and blank", () => {
    expect(faults("reject", ["reason"], ["note"], { reason: "  ", note: "" })).toEqual({ reason: { kind: "required" } });
    expect(faults("whistle", ["kind", "departments"], [], { kind: "", departments: [] })).toEqual({ kind: { kind: "required" }, departments: { kind: "required" } });
    expect(faults("dispatch", ["assignee"], [], { assignee: "unit:" })).toEqual({ assignee: { kind: "required" } });
  });

  it("says limits before anything is sent", () => {
    expect(faults("accept", [], ["note"], { note: "x".repeat(4_000) })).toEqual({});
    expect(faults("accept", [], ["note"], { note: "x".repeat(4_001) })).toEqual({ note: { kind: "long", n: 4_001, most: 4_000 } });
    expect(faults("hand-in", ["note"], ["photos"], { note: "x", photos: Array.from({ length: 10 }, String) })).toEqual({ photos: { kind: "many", n: 10, most: 9 } });
    expect(faults("dispatch", ["assignee"], [], { assignee: `unit:${"x".repeat(65)}` })).toEqual({ assignee: { kind: "long", n: 65, most: 64 } });
  });

  it("takes a time of the city, later than now and within a year", () => {
    const until = (value: string) => faults("suspend", ["until"], [], { until: value });
    expect(until("2026-01-05T09:01")).toEqual({});
    expect(until("2026-01-05T09:00")).toEqual({ until: { kind: "past" } });
    expect(until("2027-01-05T09:01")).toEqual({ until: { kind: "far", days: 365 } });
    expect(until("tomorrow")).toEqual({ until: { kind: "required" } });
  });

  it("asks a refusal for its reason and for who is responsible instead", () => {
    expect(faults("muster", ["state"], [], { called: "1:police", state: "refused" })).toEqual({ reason: { kind: "required" }, counterProposal: { kind: "required" } });
  });

  it("sends what was typed, trimmed, and nothing that is empty", () => {
    expect(body("accept", [], ["severity", "note"], { severity: "", note: " seen \n" })).toEqual({ note: "seen" });
    expect(body("dispatch", ["assignee"], ["note"], { assignee: "department:sanitation" })).toEqual({ assignee: { kind: "department", id: "sanitation" } });
    expect(body("dispatch", ["assignee"], [], { assignee: "unit:w:1" })).toEqual({ assignee: { kind: "unit", id: "w:1" } });
    expect(body("suspend", ["reason", "until"], [], { reason: "rain", until: "2026-01-06T08:30" })).toEqual({ reason: "rain", until: "2026-01-06T00:30:00.000Z" });
    expect(body("rate", ["kind", "score"], [], { kind: "community", score: "4" })).toEqual({ kind: "community", score: 4 });
    expect(body("whistle", ["kind", "departments"], [], { kind: "emergency", departments: ["police"] })).toEqual({ kind: "emergency", departments: ["police"] });
    expect(body("muster", ["whistle", "department", "state"], ["note"], { called: "2:police", state: "refused", reason: "not ours", counterProposal: "traffic" }))
      .toEqual({ whistle: 2, department: "police", state: "refused", reason: "not ours", counterProposal: "traffic" });
    expect(body("muster", ["state"], [], { called: "2:police", state: "arrived", reason: "left over" })).toEqual({ whistle: 2, department: "police", state: "arrived" });
  });
});
