import { describe, expect, it } from "vitest";
import type { Alert } from "./alerts-of";
import { AlertBook } from "./book";

const alert = (id: string, kind: Alert["kind"] = "red"): Alert => ({ id, kind, weight: 1, severity: 1, level: 0, at: 1, subject: id, grid: "g", category: "", callSign: "" });
const ids = (alerts: readonly Alert[]): string[] => alerts.map((one) => one.id);

describe("AlertBook", () => {
  it("calls nothing new that was there when the page was opened", () => {
    const book = new AlertBook();
    expect(book.take([alert("a")], false)).toEqual([]);
    expect(ids(book.unread)).toEqual(["a"]);
  });

  it("calls new what comes, once", () => {
    const book = new AlertBook();
    book.take([], true);
    expect(ids(book.take([alert("a"), alert("b")], false))).toEqual(["a", "b"]);
    expect(book.take([alert("a"), alert("b")], false)).toEqual([]);
  });

  it("calls nothing new after a reconnect, however much came meanwhile, and lists it all", () => {
    const book = new AlertBook();
    book.take([alert("a")], true);
    const many = Array.from({ length: 500 }, (_, n) => alert(`n${n}`));
    expect(book.take(many, true)).toEqual([]);
    expect(book.take(many, false)).toEqual([]);
    expect(book.unread).toHaveLength(500);
  });

  it("does not call new again what went and came back", () => {
    const book = new AlertBook();
    book.take([], true);
    book.take([alert("a")], false);
    book.take([], false);
    expect(book.take([alert("a")], false)).toEqual([]);
  });

  it("calls nothing new that somebody has seen already", () => {
    const book = new AlertBook();
    book.take([], true);
    book.acknowledge([{ alert: "a", by: "o-2", at: 5 }]);
    expect(book.take([alert("a")], false)).toEqual([]);
    expect(book.unread).toEqual([]);
    expect(book.acknowledged.map(({ seen }) => seen.by)).toEqual(["o-2"]);
  });

  it("keeps who was first", () => {
    const book = new AlertBook();
    book.take([alert("a")], true);
    book.acknowledge([{ alert: "a", by: "o-1", at: 5 }, { alert: "a", by: "o-2", at: 6 }]);
    expect(book.seen("a")?.by).toBe("o-1");
  });

  it("lists a call for help until it is answered, seen or not", () => {
    const book = new AlertBook();
    book.take([alert("s", "sos")], true);
    book.acknowledge([{ alert: "s", by: "o-1", at: 5 }]);
    expect(book.unread).toEqual([]);
    expect(ids(book.open)).toEqual(["s"]);
    book.take([], false);
    expect(book.open).toEqual([]);
  });

  it("shows as seen what is being said, and takes it back when the server refuses", () => {
    const book = new AlertBook();
    book.take([alert("a"), alert("b")], true);
    book.begin(["a"]);
    expect(ids(book.unread)).toEqual(["b"]);
    book.rollBack(["a"]);
    expect(ids(book.unread)).toEqual(["a", "b"]);
  });

  it("remembers no more than it may", () => {
    const book = new AlertBook();
    for (let round = 0; round < 30; round++) {
      const many = Array.from({ length: 1_000 }, (_, n) => alert(`${round}-${n}`));
      book.acknowledge(many.map(({ id }) => ({ alert: id, by: "o", at: round })));
      book.take(many, true);
    }
    const { heard, seenBy } = book as unknown as { heard: Set<string>; seenBy: Map<string, unknown> };
    expect(heard.size).toBeLessThanOrEqual(20_000);
    expect(seenBy.size).toBeLessThanOrEqual(20_000);
    expect(book.seen("29-1")).toBeDefined();
  });
});
