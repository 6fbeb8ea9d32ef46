import { describe, expect, it } from "vitest";
import type { CaseRow, UnitRow } from "../feed/frame";
import { type Member, rosterOf, sorted, urgencyOf } from "./roster";

const unit = (id: string, changes: Partial<Record<number, unknown>> = {}): UnitRow => {
  const row: unknown[] = [id, 31_000_000, 121_000_000, -1, 0, 1_000, "g-1", "squad-1", `call ${id}`, 0, 80, 500, 0];
  for (const [column, value] of Object.entries(changes)) row[Number(column)] = value;
  return row as unknown as UnitRow;
};
const task = (id: string, dueAt: number, assignee: string): CaseRow =>
  [id, "g-1", "litter", 3, 3, 0, 0, 0, dueAt, 0, 0, "", 0, 0, 0, assignee];
const member = (id: string, changes: Partial<Member> = {}): Member => ({ id, callSign: `call ${id}`, onDuty: true, cases: [], ...changes });
const collator = new Intl.Collator("en");
const order = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

describe("The roster", () => {
  it("takes places from the feed, and members from the API", () => {
    const rows = rosterOf("squad-1", [member("a"), member("b", { state: "gone", at: "2026-11-22T00:00:00Z", grid: "g-2" })], [unit("a"), unit("x", { 7: "squad-2" }), unit("new")], []);
    expect(order(rows)).toEqual(["a", "b", "new"]);
    expect(rows[0]).toMatchObject({ grid: "g-1", battery: 80, enteredAt: 500, state: 0 });
    expect(rows[1]).toMatchObject({ grid: "g-2", state: 3, fixAt: Date.UTC(2026, 10, 22) });
  });

  it("gives no place to who is off duty, whatever the API says", () => {
    const [row] = rosterOf("squad-1", [member("a", { onDuty: false, grid: "g-1", at: "2026-11-22T00:00:00Z", battery: 5, state: "live" })], [], []);
    expect(row).toMatchObject({ onDuty: false, grid: undefined, fixAt: undefined, battery: undefined, state: undefined });
  });

  it("lists a unit's tasks, the next deadline first and those without one last", () => {
    const [row] = rosterOf("squad-1", [], [unit("a")], [task("c-3", 0, "unit:a"), task("c-2", 20, "unit:a"), task("c-1", 10, "unit:a"), task("c-9", 1, "unit:b"), task("c-8", 1, "squad:a")]);
    expect(row?.tasks.map(([id]) => id)).toEqual(["c-1", "c-2", "c-3"]);
  });

  it("forgets a call for help once it is answered", () => {
    const sos = { at: "2026-11-22T00:00:00Z" };
    expect(rosterOf("s", [member("a", { sos })], [], [])[0]?.sosAt).toBe(Date.UTC(2026, 10, 22));
    expect(rosterOf("s", [member("a", { sos: { ...sos, answeredAt: "2026-11-22T00:01:00Z" } })], [], [])[0]?.sosAt).toBeUndefined();
    // The feed is newer than what was polled.
    expect(rosterOf("squad-1", [member("a", { sos })], [unit("a")], [])[0]?.sosAt).toBeUndefined();
  });

  it("puts first who needs somebody", () => {
    const rows = rosterOf("squad-1", [member("off", { onDuty: false })], [
      unit("fine"), unit("late", { 4: 1 }), unit("stale", { 4: 2 }), unit("gone", { 4: 3 }), unit("low", { 10: 12 }), unit("sos", { 4: 3, 12: 7 }),
    ], []);
    expect(order(sorted(rows, "urgency", false, (code) => code, collator))).toEqual(["sos", "gone", "stale", "late", "low", "fine", "off"]);
    expect(rows.map(urgencyOf)).not.toContain(undefined);
  });

  it("leaves what is not known at the end in both directions", () => {
    const rows = rosterOf("squad-1", [], [unit("a", { 10: -1 }), unit("b", { 10: 50 }), unit("c", { 10: 10 })], []);
    expect(order(sorted(rows, "battery", false, (code) => code, collator))).toEqual(["c", "b", "a"]);
    expect(order(sorted(rows, "battery", true, (code) => code, collator))).toEqual(["b", "c", "a"]);
  });
});
