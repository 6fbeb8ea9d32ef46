import { describe, expect, it } from "vitest";
import { actionsOf, whoHandedIn } from "./actions";
import type { StepRule } from "./wire";

const rules: readonly StepRule[] = [
  { step: "accept", from: ["reported"], to: "accepted", roles: ["officer"], needs: [], takes: ["severity", "note"] },
  { step: "verify", from: ["handled"], to: "verified", roles: ["officer", "supervisor"], needs: [], takes: ["note"], condition: "not-own-result" },
  { step: "close", from: ["verified"], to: "closed", roles: ["officer"], needs: [], takes: ["note"] },
  { step: "close", from: ["handled"], to: "closed", roles: ["officer"], needs: [], takes: ["note"], condition: "plain-spot" },
  { step: "start", from: ["dispatched", "rework"], to: "handling", roles: ["worker", "department", "officer"], needs: [], takes: ["note"], condition: "own-department" },
];
const officer = { id: "o-1", role: "officer" };
const of = (step: string, stage: string, allowed: readonly string[], person = officer, handedInBy?: string) =>
  actionsOf({ stage, allowed }, rules, person, handedInBy).find((action) => action.step === step)!;

describe("actionsOf", () => {
  it("lists each step once", () => {
    expect(actionsOf({ stage: "handled", allowed: [] }, rules, officer).map((action) => action.step)).toEqual(["accept", "verify", "close", "start"]);
  });

  it("allows what the server allows to somebody of that role", () => {
    expect(of("accept", "reported", ["accept"])).toMatchObject({ obstacle: undefined, to: "accepted", takes: ["severity", "note"] });
  });

  it("says first that the stage is wrong, with all stages of all rows", () => {
    expect(of("close", "reported", []).obstacle).toEqual({ kind: "stage", from: ["verified", "handled"] });
  });

  it("says who could, where the role is wrong", () => {
    expect(of("accept", "reported", ["accept"], { id: "s-1", role: "supervisor" }).obstacle).toEqual({ kind: "role", roles: ["officer"] });
  });

  it("takes a patrol lead for a worker", () => {
    expect(of("start", "dispatched", ["start"], { id: "l-1", role: "lead" }).obstacle).toBeUndefined();
  });

  it("says which condition of this stage's row does not hold", () => {
    expect(of("close", "handled", ["verify"]).obstacle).toEqual({ kind: "condition", condition: "plain-spot" });
    expect(of("close", "verified", ["close"]).obstacle).toBeUndefined();
  });

  it("keeps an officer from judging their own result, which the server allows to others", () => {
    expect(of("verify", "handled", ["verify"], officer, "o-1").obstacle).toEqual({ kind: "condition", condition: "not-own-result" });
    expect(of("verify", "handled", ["verify"], officer, "o-2").obstacle).toBeUndefined();
    expect(of("verify", "handled", ["verify"], { id: "o-1", role: "supervisor" }, "o-1").obstacle).toBeUndefined();
  });
});

describe("whoHandedIn", () => {
  it("is who handed in last, on the spot too", () => {
    const at = { at: "2026-01-01T00:00:00Z", grid: "g" };
    expect(whoHandedIn([])).toBeUndefined();
    expect(whoHandedIn([{ ...at, number: 1, what: "opened", stage: "handled", by: { id: "w-1", role: "worker" } }])).toBe("w-1");
    expect(whoHandedIn([
      { ...at, number: 1, what: "hand-in", by: { id: "w-1", role: "worker" } }, { ...at, number: 2, what: "rework", by: { id: "o-1", role: "officer" } },
      { ...at, number: 3, what: "hand-in", by: { id: "o-2", role: "officer" } },
    ])).toBe("o-2");
  });
});
