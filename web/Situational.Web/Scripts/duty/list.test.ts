import { beforeEach, describe, expect, it } from "vitest";
import type { CaseRow } from "../feed";
import { CaseBook } from "./book";
import { readFilter } from "./filter";
import { CaseList, rowHeight } from "./list";
import { ShownOrder } from "./shown-order";

const cases = 100_000;
/** A list 13 rows high. */
const height = 13 * rowHeight;
const all = readFilter({ get: () => "" });
const row = (n: number): CaseRow => [`c${n}`, "g", "fire", 1 + n % 4, 1, 0, 0, n, 1_000_000 + n * 7_919 % cases, 0, 0, "", 0, 0, 0, ""] as unknown as CaseRow;
/** Ids by their place in the order of deadlines. */
const ids = Array.from({ length: cases }, () => "");
for (let n = 0; n < cases; n++) ids[n * 7_919 % cases] = `c${n}`;
const idBy = (place: number): string => ids[place]!;

describe("CaseList of 100,000 rows", () => {
  const book = new CaseBook(all);
  const order = new ShownOrder(book.rows);
  let list: CaseList;
  let scroller: HTMLElement;
  let filled = 0;

  const rows = (): readonly HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>("[role=option]")];
  const places = (): readonly number[] => rows().map((element) => Number(element.getAttribute("aria-posinset")));
  const press = (key: string): void => void scroller.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const scrollTo = (top: number): void => {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event("scroll"));
  };

  beforeEach(() => {
    document.body.innerHTML = '<div id="r"><div data-part="list-room"><div data-part="list" tabindex="0"><div data-part="list-rows"></div></div></div></div>';
    const root = document.querySelector<HTMLElement>("#r")!;
    scroller = root.querySelector<HTMLElement>("[data-part=list]")!;
    Object.defineProperty(scroller, "clientHeight", { value: height });
    order.release();
    book.reset(Array.from({ length: cases }, (_, n) => row(n)), all, new Set());
    list = new CaseList(root, order, {
      make: () => document.createElement("div"),
      fill: (element, id) => {
        filled++;
        element.textContent = id;
      },
      seen: () => {}, open: () => {}, selected: () => {},
      held: (held) => held ? order.hold() : order.release(),
    });
    list.render();
    filled = 0;
  });

  it("has few rows in the document, and is as high as all of them", () => {
    expect(rows().length).toBeLessThan(30);
    expect(scroller.querySelector<HTMLElement>("[data-part=list-rows]")!.style.height).toBe(`${cases * rowHeight}px`);
    expect(rows()[0]!.textContent).toBe(idBy(0));
    expect(rows()[0]!.getAttribute("aria-setsize")).toBe(String(cases));
  });

  it("goes to either end by one key, in order", () => {
    press("End");
    expect(list.current).toBe(idBy(cases - 1));
    expect(places().at(-1)).toBe(cases);
    expect(rows().at(-1)!.textContent).toBe(idBy(cases - 1));
    press("Home");
    expect(list.current).toBe(idBy(0));
    expect(places()[0]).toBe(1);
    expect(rows().length).toBeLessThan(30);
  });

  it("fills only what comes into sight, wherever it is scrolled", () => {
    let most = 0;
    for (let step = 1; step <= 50; step++) {
      scrollTo(step / 50 * (cases * rowHeight - height));
      most = Math.max(most, rows().length);
      const [first, last] = [places()[0]!, places().at(-1)!];
      expect(places()).toEqual(Array.from({ length: last - first + 1 }, (_, n) => first + n));
      expect(first * rowHeight).toBeLessThanOrEqual(scroller.scrollTop + rowHeight);
      expect(last * rowHeight).toBeGreaterThanOrEqual(Math.min(cases * rowHeight, scroller.scrollTop + height));
    }
    expect(most).toBeLessThan(30);
    expect(filled).toBeLessThan(50 * 30);
    expect(places().at(-1)).toBe(cases);
  });

  it("keeps the place of every row while somebody is there, though cases come and go at both ends", () => {
    press("End");
    const before = rows().map((element) => element.textContent);
    order.note("new", book.put(["new", ...row(0).slice(1, 8), 1, ...row(0).slice(9)] as unknown as CaseRow));
    order.note(idBy(cases - 1), book.remove(idBy(cases - 1)));
    list.render();
    expect(rows().map((element) => element.textContent)).toEqual(before);
    expect(order.moved.size).toBe(2);
    order.release();
    list.render();
    expect(order.idAt(0)).toBe("new");
    expect(rows().at(-1)!.textContent).toBe(idBy(cases - 2));
  });
});
