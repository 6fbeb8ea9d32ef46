import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { GridShares } from "./answer";
import { Matrix, type MatrixWords } from "./matrix";

const words: MatrixWords = { label: "Coverage", grid: "Grid", periods: ["Today", "11/21", "11/20"], sums: ["10 %", "20 %", "30 %"], placeOf: () => "Street" };
let root: HTMLElement;
let chosen: [string, number][];
let matrix: Matrix;

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  chosen = [];
  matrix = new Matrix(root, (code, column) => chosen.push([code, column]));
});
afterEach(() => {
  root.remove();
  vi.restoreAllMocks();
});

function rows(count: number): GridShares[] {
  return Array.from({ length: count }, (_, index) => ({ code: `g${index}`, name: `Grid ${index}`, shares: [index / count, 0, 1] }));
}

function drawn(): string[] {
  return [...root.querySelectorAll<HTMLElement>(".coverage-row")].map((row) => row.dataset["code"] ?? "");
}

function press(key: string, more: KeyboardEventInit = {}): void {
  (document.activeElement ?? root).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

function focused(): string {
  const cell = document.activeElement as HTMLElement;
  return `${cell.closest<HTMLElement>(".coverage-row")?.dataset["code"]} ${cell.getAttribute("aria-colindex")}`;
}

it("keeps only the rows in sight in the document, of 7,300", () => {
  matrix.show(rows(7_300), words);
  expect(drawn().length).toBeLessThan(60);
  expect(drawn()[0]).toBe("g0");
  expect(root.getAttribute("aria-rowcount")).toBe("7301");
  expect(root.querySelector<HTMLElement>(".coverage-body")?.style.height).toBe(`${7_300 * 28}px`);
});

it("says every share as a number, with a bar and a sign of its own", () => {
  matrix.show([{ code: "a", name: "A", shares: [0, 0.5, 1] }], words);
  const cells = [...root.querySelectorAll<HTMLElement>(".coverage-cell")];
  expect(cells.map((cell) => cell.textContent)).toEqual(["0 %", "50 %", "100 %"]);
  expect(cells.map((cell) => cell.dataset["gap"])).toEqual(["4", "2", "0"]);
  expect(cells.map((cell) => cell.style.getPropertyValue("--share"))).toEqual(["0%", "50%", "100%"]);
  expect([...root.querySelectorAll("[role=columnheader]")].map((head) => head.textContent)).toEqual(["Grid", "Today10 %", "11/2120 %", "11/2030 %"]);
});

it("is one stop of the tab key and reached all over by the arrows", () => {
  matrix.show(rows(7_300), words);
  expect(root.querySelectorAll("[tabindex='0']")).toHaveLength(1);
  root.querySelector<HTMLElement>("[tabindex='0']")!.focus();
  for (const [key, at, more] of [
    ["ArrowDown", "g1 1"], ["ArrowRight", "g1 2"], ["End", "g1 4"], ["ArrowRight", "g1 4"], ["Home", "g1 1"], ["ArrowUp", "g0 1"], ["ArrowUp", "g0 1"],
    ["End", "g7299 4", { ctrlKey: true }], ["ArrowDown", "g7299 4"], ["Home", "g0 1", { ctrlKey: true }], ["PageDown", "g19 1"],
  ] as const) {
    press(key, more);
    expect(focused()).toBe(at);
    expect(root.querySelectorAll("[tabindex='0']")).toHaveLength(1);
  }
});

it("chooses by Enter and by a click", () => {
  matrix.show(rows(20), words);
  root.querySelector<HTMLElement>("[tabindex='0']")!.focus();
  press("ArrowDown");
  press("ArrowRight");
  press("Enter");
  root.querySelector<HTMLElement>("[data-code=g3] .coverage-share")!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  root.querySelector<HTMLElement>("[data-code=g4] .coverage-name")!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(chosen).toEqual([["g1", 1], ["g3", 1], ["g4", 0]]);
  matrix.mark("g4", "11/21");
  expect([...root.querySelectorAll("[aria-selected=true]")].map((row) => (row as HTMLElement).dataset["code"])).toEqual(["g4"]);
  expect(root.querySelector("[data-shown=true]")?.getAttribute("aria-colindex")).toBe("3");
});

it("keeps the focus when its rows are shown anew, and when it is scrolled away", () => {
  matrix.show(rows(1_000), words);
  root.querySelector<HTMLElement>("[tabindex='0']")!.focus();
  press("ArrowDown");
  expect(matrix.isBusy).toBe(true);
  matrix.show(rows(1_000), words);
  expect(focused()).toBe("g1 1");
  vi.spyOn(globalThis, "requestAnimationFrame").mockImplementation((run) => {
    run(0);
    return 0;
  });
  root.scrollTop = 500 * 28;
  root.dispatchEvent(new Event("scroll"));
  expect(drawn()).toContain("g500");
  expect(drawn()).toContain("g1");
  expect(focused()).toBe("g1 1");
  press("ArrowDown");
  expect(focused()).toBe("g2 1");
});

it("puts the document's order on the screen's when rows change places", () => {
  matrix.show(rows(10), words);
  matrix.show([...rows(10)].reverse(), words);
  expect(drawn()).toEqual(rows(10).map(({ code }) => code).reverse());
  matrix.show(rows(3), { ...words, periods: ["Today"], sums: ["1 %"] });
  expect(drawn()).toEqual(["g0", "g1", "g2"]);
  expect(root.querySelectorAll("[data-code=g0] > *")).toHaveLength(4);
});

it("brings a row into sight without taking the focus", () => {
  vi.spyOn(root, "clientHeight", "get").mockReturnValue(300);
  matrix.show(rows(1_000), words);
  matrix.reveal("g600");
  expect(drawn()).toContain("g600");
  expect(root.scrollTop).toBe(601 * 28 - 300);
  expect(root.contains(document.activeElement)).toBe(false);
  expect(root.querySelector<HTMLElement>("[tabindex='0']")?.closest<HTMLElement>(".coverage-row")?.dataset["code"]).toBe("g600");
  matrix.reveal("nowhere");
  expect(root.scrollTop).toBe(601 * 28 - 300);
});
