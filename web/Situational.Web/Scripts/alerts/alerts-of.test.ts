import { describe, expect, it } from "vitest";
import type { CaseRow, GridRow, UnitRow } from "../feed";
import { alertsOf, newForMs, unheardSpanMs } from "./alerts-of";

const at = Date.UTC(2026, 0, 5, 9);
const grid = (code: string, silent: number, heardAt: number): GridRow => [code, 1, 4, 0, silent, heardAt, 0, 0, 0, 0, 0, 0];
const unit = (id: string, sosAt: number): UnitRow => [id, 0, 0, -1, 0, at, "g1", "s1", `call ${id}`, 0, -1, 0, sosAt];
const one = (id: string, severity: number, level: number, reportedAt = at): CaseRow => [id, "g1", "fire", severity, 1, 0, 0, reportedAt, at + 1, level, 0, "", 0, 0, 0, ""];
const picture = (cases: CaseRow[] = [], units: UnitRow[] = [], grids: GridRow[] = []) => ({
  at, cases: new Map(cases.map((row) => [row[0], row])), units: new Map(units.map((row) => [row[0], row])), grids: new Map(grids.map((row) => [row[0], row])),
});

describe("alertsOf", () => {
  it("names what it finds as everybody does", () => {
    const found = alertsOf(picture([one("c1", 1, 0), one("c2", 3, 2), one("c3", 4, 3)], [unit("u1", at - 5)], [grid("g9", 1, at - 9)]));
    expect(found.map((alert) => alert.id)).toEqual([`sos:u1:${at - 5}`, "red:c1", `overdue:c3:3:${at + 1}`, `overdue:c2:2:${at + 1}`, `silent:g9:${at - 9}`]);
    expect(found[0]).toMatchObject({ callSign: "call u1", grid: "g1" });
  });

  it("names no grid for a call for help from nobody knows where", () => {
    const lost = unit("u1", at).map((value, column) => column === 5 ? 0 : value) as unknown as UnitRow;
    expect(alertsOf(picture([], [lost]))[0]).toMatchObject({ id: `sos:u1:${at}`, grid: "" });
  });

  it("finds nothing in calls that were answered, grids that were heard and cases in time", () => {
    expect(alertsOf(picture([one("c1", 2, 1)], [unit("u1", 0)], [grid("g9", 0, at)]))).toEqual([]);
  });

  it("keeps a red case as long as it is open, and takes it for overdue besides", () => {
    expect(alertsOf(picture([one("c1", 1, 2, at - newForMs)])).map((alert) => alert.id)).toEqual(["red:c1", `overdue:c1:2:${at + 1}`]);
  });

  it("names a clock that fell due again after rework otherwise", () => {
    const again = one("c2", 2, 2).map((value, column) => column === 8 ? at + 7 : value) as unknown as CaseRow;
    expect(alertsOf(picture([again]))[0]!.id).toBe(`overdue:c2:2:${at + 7}`);
  });

  it("names the silence of a grid that was never heard by the eight hours that it is, as the server does", () => {
    const silent = [grid("g9", 1, 0)];
    const id = (now: number): string => alertsOf({ ...picture([], [], silent), at: now })[0]!.id;
    expect(id(Date.UTC(2026, 0, 5, 15, 59, 59))).toBe(`silent:g9:${Date.UTC(2026, 0, 5, 8)}`);
    expect(id(Date.UTC(2026, 0, 5, 16))).toBe(`silent:g9:${Date.UTC(2026, 0, 5, 16)}`);
    expect(unheardSpanMs).toBe(28_800_000);
  });

  it("puts the newest first among equals", () => {
    expect(alertsOf(picture([one("c1", 1, 0, at - 2), one("c2", 1, 0, at - 1)])).map((alert) => alert.subject)).toEqual(["c2", "c1"]);
  });

  it("reads units of a server that does not speak of help", () => {
    const old = unit("u1", 0).slice(0, 10) as unknown as UnitRow;
    expect(alertsOf(picture([], [old]))).toEqual([]);
  });
});
