import { describe, expect, it } from "vitest";
import { type Alert, newForMs } from "./alerts-of";
import { AlertBook } from "./book";

const alert = (id: string, kind: Alert["kind"] = "red"): Alert => ({ id, kind, weight: 1, severity: 1, level: 0, at: 1, subject: id, grid: "g", category: "", callSign: "" });
const ids = (alerts: readonly Alert[]): string[] => alerts.map((one) => one.id);

describe("AlertBook", () => {
  it("calls nothing new that was there when the page was opened", () => {
    const book = new AlertBook();
    expect(book.take([alert("a")])).toEqual([]);
    expect(ids(book.unread)).toEqual(["a"]);
  });

  it("calls new what comes, once", () => {
    const book = new AlertBook();
    book.take([]);
    expect(ids(book.take([alert("a"), alert("b")]))).toEqual(["a", "b"]);
    expect(book.take([alert("a"), alert("b")])).toEqual([]);
  });

  it("calls new once what came while it was cut off, and nothing of what was there before", () => {
    const book = new AlertBook();
    book.take([alert("a")]);
    // The next picture comes after a reconnect.
    expect(ids(book.take([alert("a"), alert("b"), alert("c")]))).toEqual(["b", "c"]);
    expect(book.take([alert("a"), alert("b"), alert("c")])).toEqual([]);
    expect(ids(book.unread)).toEqual(["a", "b", "c"]);
  });

  it("counts no silence that was there before the page, also under the id of the next shift", () => {
    const book = new AlertBook();
    const silent = (id: string, subject: string, at = 0): Alert => ({ ...alert(id, "silent"), subject, at });
    book.take([silent("g1-early", "g1"), silent("g2-5", "g2", 5)]);
    expect(book.unread).toEqual([]);
    expect(ids(book.open)).toEqual(["g1-early", "g2-5"]);
    expect(ids(book.take([silent("g1-late", "g1"), silent("g2-9", "g2", 9)]))).toEqual(["g2-9"]);
    expect(ids(book.unread)).toEqual(["g2-9"]);
  });

  it("lists a red case that somebody saw as long as it is new, and one that nobody saw for ever", () => {
    const book = new AlertBook();
    book.take([{ ...alert("a"), at: 10 }, { ...alert("b"), at: 10 }]);
    book.acknowledge([{ alert: "a", by: "o-1", at: 20 }]);
    expect(book.acknowledged(10 + newForMs - 1)).toHaveLength(1);
    expect(book.acknowledged(10 + newForMs)).toEqual([]);
    expect(ids(book.open)).toEqual(["b"]);
  });

  it("does not call new again what went and came back", () => {
    const book = new AlertBook();
    book.take([]);
    book.take([alert("a")]);
    book.take([]);
    expect(book.take([alert("a")])).toEqual([]);
  });

  it("calls nothing new that somebody has seen already", () => {
    const book = new AlertBook();
    book.take([]);
    book.acknowledge([{ alert: "a", by: "o-2", at: 5 }]);
    expect(book.take([alert("a")])).toEqual([]);
    expect(book.unread).toEqual([]);
    expect(book.acknowledged(9).map(({ seen }) => seen.by)).toEqual(["o-2"]);
  });

  it("keeps who was first", () => {
    const book = new AlertBook();
    book.take([alert("a")]);
    book.acknowledge([{ alert: "a", by: "o-1", at: 5 }, { alert: "a", by: "o-2", at: 6 }]);
    expect(book.seen("a")?.by).toBe("o-1");
  });

  it("lists a call for help until it is answered, seen or not", () => {
    const book = new AlertBook();
    book.take([alert("s", "sos")]);
    book.acknowledge([{ alert: "s", by: "o-1", at: 5 }]);
    expect(book.unread).toEqual([]);
    expect(ids(book.open)).toEqual(["s"]);
    book.take([]);
    expect(book.open).toEqual([]);
  });

  it("shows as seen what is being said, and takes it back when the server refuses", () => {
    const book = new AlertBook();
    book.take([alert("a"), alert("b")]);
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
      book.take(many);
    }
    const { heard, seenBy } = book as unknown as { heard: Set<string>; seenBy: Map<string, unknown> };
    expect(heard.size).toBeLessThanOrEqual(20_000);
    expect(seenBy.size).toBeLessThanOrEqual(20_000);
    expect(book.seen("29-1")).toBeDefined();
  });
});
