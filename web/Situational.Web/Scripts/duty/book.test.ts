import { describe, expect, it } from "vitest";
import type { CaseRow } from "../feed";
import { CaseBook } from "./book";
import { byDeadline, type Filter, isEnded, passesRest, passesStage, queryOf, readFilter } from "./filter";
import { ShownOrder } from "./shown-order";

const all: Filter = { stages: [], severity: 0, level: 0, category: "", assignee: "", text: "" };
const row = (id: string, dueAt: number, over: { stage?: number; severity?: number; level?: number; category?: string; assignee?: string } = {}): CaseRow =>
  [id, "g", over.category ?? "fire", over.severity ?? 2, over.stage ?? 1, 0, 0, 1_000, dueAt, over.level ?? 0, 0, "", 0, 0, 0, over.assignee ?? ""];
const ids = (book: CaseBook): string[] => book.rows.keys();

describe("readFilter", () => {
  const read = (values: Record<string, string>): Filter => readFilter({ get: (name) => values[name] ?? "" });
  it("takes what the address says and leaves out what is nonsense", () => {
    expect(read({ stage: "accepted,returned,nonsense", severity: "red", level: "overdue", category: "fire", assignee: "unit:w-1", text: " 坑 " }))
      .toEqual({ stages: ["accepted", "returned"], severity: 1, level: 2, category: "fire", assignee: "unit:w-1", text: "坑" });
    expect(read({ severity: "purple", level: "?" })).toEqual(all);
  });
  it("asks the API for the same", () =>
    expect(queryOf(read({ stage: "closed", severity: "blue", text: "坑" }), "44").toString()).toBe(new URLSearchParams({ area: "44", stage: "closed", severity: "blue", text: "坑" }).toString()));
  it("knows when it is about cases that have ended", () => {
    expect(isEnded(read({ stage: "closed,rejected" }))).toBe(true);
    expect(isEnded(read({ stage: "closed,accepted" }))).toBe(false);
    expect(isEnded(all)).toBe(false);
  });
});

describe("CaseBook", () => {
  it("has the next deadline first and cases without one last", () => {
    const book = new CaseBook(all);
    book.reset([row("a", 0), row("b", 500), row("c", 100, { severity: 3 }), row("d", 100, { severity: 1 })], all, new Set());
    expect(ids(book)).toEqual(["d", "c", "b", "a"]);
  });

  it("is after any deltas what it is after taking everything anew, counts included", () => {
    const filter: Filter = { ...all, stages: ["accepted", "handling"], level: 1, text: "1" };
    const found = new Set(["c7", "c8"]);
    const book = new CaseBook(filter);
    book.reset([], filter, found);
    const plain = new Map<string, CaseRow>();
    let state = 7;
    const random = (below: number): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % below;
    for (let step = 0; step < 2_000; step++) {
      const id = `c${random(60)}`;
      if (random(4) === 0) {
        plain.delete(id);
        book.remove(id);
      } else {
        const next = row(id, random(30) * 10, { stage: 1 + random(6), severity: 1 + random(4), level: random(4) });
        plain.set(id, next);
        book.put(next);
      }
    }
    const anew = [...plain.values()].filter((one) => passesRest(filter, one, found));
    expect([...book.rows]).toEqual(anew.filter((one) => passesStage(filter, one)).sort(byDeadline));
    expect(anew.length).toBeGreaterThan(3);
    for (let stage = 0; stage < book.byStage.length; stage++) expect(book.byStage[stage]).toBe(anew.filter((one) => one[4] === stage).length);
  });

  it("tells cases that are given to nobody", () => {
    const filter: Filter = { ...all, assignee: "none" };
    const book = new CaseBook(filter);
    book.reset([row("a", 1), row("b", 2, { assignee: "unit:w-1" })], filter, new Set());
    expect(ids(book)).toEqual(["a"]);
  });
});

describe("ShownOrder", () => {
  const book = (): { book: CaseBook; order: ShownOrder; put: (one: CaseRow) => void; remove: (id: string) => void; shown: () => (string | undefined)[] } => {
    const one = new CaseBook(all);
    one.reset([row("a", 10), row("b", 20), row("c", 30)], all, new Set());
    const order = new ShownOrder(one.rows);
    return {
      book: one, order,
      put: (next) => order.note(next[0], one.put(next)),
      remove: (id) => order.note(id, one.remove(id)),
      shown: () => Array.from({ length: order.length }, (_, at) => order.idAt(at)),
    };
  };

  it("follows the live one until it is held", () => {
    const { order, put, shown } = book();
    put(row("a", 40));
    expect(shown()).toEqual(["b", "c", "a"]);
    expect(order.moved.size).toBe(0);
  });

  it("stands still while it is held and counts what would have moved", () => {
    const { order, put, remove, shown } = book();
    order.hold();
    put(row("a", 40));
    put(row("d", 5));
    remove("c");
    put(row("b", 20, { level: 1 }));
    expect(shown()).toEqual(["a", "b", "c"]);
    expect(order.indexOf("c")).toBe(2);
    expect(order.indexOf("d")).toBe(-1);
    expect([...order.moved].sort()).toEqual(["a", "c", "d"]);

    remove("d");
    expect([...order.moved].sort()).toEqual(["a", "c"]);
    order.release();
    expect(shown()).toEqual(["b", "a"]);
    expect(order.moved.size).toBe(0);
  });
});
