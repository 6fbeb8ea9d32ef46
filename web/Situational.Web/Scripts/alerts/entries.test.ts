import { describe, expect, it } from "vitest";
import type { Alert } from "./alerts-of";
import { AlertBook } from "./book";
import { entriesOf, held, newsOf } from "./entries";

const alert = (id: string, kind: Alert["kind"], subject = id): Alert => ({ id, kind, weight: 1, severity: 1, level: 0, at: 1, subject, grid: "g", category: "", callSign: "" });
/** Grids are called city.district.street.community.grid. */
const parentOf = (code: string): string | undefined => code.includes(".") ? code.slice(0, code.lastIndexOf(".")) : undefined;
const silent = (area: string, count: number): Alert[] => Array.from({ length: count }, (_, n) => alert(`silent:${area}.g${n}`, "silent", `${area}.g${n}`));
const open = (alerts: readonly Alert[], book = new AlertBook()) => {
  book.take([]);
  book.take(alerts);
  return entriesOf(book, parentOf);
};

describe("entriesOf", () => {
  it("leaves a few silent grids of an area alone and makes more of them one line", () => {
    expect(open(silent("c.d.s.x", 5)).open.map((entry) => entry.key)).toEqual(silent("c.d.s.x", 5).map(({ id }) => id));
    const [line, ...none] = open(silent("c.d.s.x", 6)).open;
    expect(none).toEqual([]);
    expect(line).toMatchObject({ key: "silent-area:c.d.s.x", area: "c.d.s.x", total: 6, unread: true });
    expect(line!.alerts.map(({ id }) => id)).toEqual(silent("c.d.s.x", 6).map(({ id }) => id));
  });

  it("keeps thousands of silent grids to a few lines, below the city", () => {
    const all = Array.from({ length: 4 }, (_, d) => Array.from({ length: 8 }, (_, s) => Array.from({ length: 9 }, (_, x) => silent(`c.d${d}.s${s}.x${x}`, 10)))).flat(3);
    expect(all).toHaveLength(2_880);
    expect(open(all).open.map((entry) => [entry.area, entry.total])).toEqual(Array.from({ length: 4 }, (_, d) => [`c.d${d}`, 720]));
  });

  it("makes one line of the city where grids lie in it directly", () => {
    expect(open(silent("c", 6)).open.map((entry) => entry.area)).toEqual(["c"]);
  });

  it("holds calls and cases before silence, and lists a call that was seen", () => {
    const book = new AlertBook();
    book.acknowledge([{ alert: "s", by: "o", at: 1 }, { alert: "r", by: "o", at: 1 }]);
    expect(open([alert("s", "sos"), alert("r", "red"), alert("r2", "red"), ...silent("c.d.s.x", 6)], book).open.map((entry) => entry.key)).toEqual(["s", "r2", "silent-area:c.d.s.x"]);
  });

  it("leaves an area out where everything was seen, still knows it, and lists what comes later", () => {
    const book = new AlertBook();
    const six = silent("c.d.s.x", 6);
    open(six, book);
    book.acknowledge(six.map(({ id }) => ({ alert: id, by: "o", at: 1 })));
    const seen = entriesOf(book, parentOf);
    expect(seen.open).toEqual([]);
    const fresh = book.take(silent("c.d.s.x", 7));
    const later = entriesOf(book, parentOf);
    expect(later.open).toMatchObject([{ total: 7, unread: true, alerts: [{ id: "silent:c.d.s.x.g6" }] }]);
    // It is unread, but the area was one line before: nothing sounds again.
    expect(newsOf(later, fresh, seen.areas)).toEqual([]);
  });

  it("lists without counting what was silent before the page", () => {
    const book = new AlertBook();
    book.take(silent("c.d.s.x", 6));
    expect(entriesOf(book, parentOf).open).toMatchObject([{ total: 6, unread: false }]);
  });
});

describe("newsOf", () => {
  it("says once that an area went silent", () => {
    const book = new AlertBook();
    book.take([]);
    const before = entriesOf(book, parentOf);
    const fresh = book.take([alert("r", "red"), ...silent("c.d.s.x", 6)]);
    expect(newsOf(entriesOf(book, parentOf), fresh, before.areas).map((entry) => entry.key)).toEqual(["r", "silent-area:c.d.s.x"]);
    expect(newsOf(entriesOf(book, parentOf), [], before.areas)).toEqual([]);
  });
});

describe("held", () => {
  it("moves nothing: what is new comes last, what is over stays as such", () => {
    const line = (id: string) => ({ key: id, area: "", alerts: [alert(id, "red")] as const, total: 1, unread: true });
    const lines = held([{ entry: line("a"), over: false }, { entry: line("b"), over: false }], [line("new"), line("b")]);
    expect(lines.map(({ entry, over }) => [entry.key, over])).toEqual([["a", true], ["b", false], ["new", false]]);
    expect(held(lines, [line("a"), line("b")]).map(({ entry, over }) => [entry.key, over])).toEqual([["a", false], ["b", false], ["new", true]]);
  });
});
