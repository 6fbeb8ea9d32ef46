import { describe, expect, it } from "vitest";
import { make } from "./dom";
import { Paced, Rows } from "./rows";

const list = () => {
  const element = document.createElement("ol");
  const rows = new Rows<{ id: string; text: string }>(element, {
    key: (item) => item.id,
    make: () => make("li", "row"),
    fill: (row, item) => { row.textContent = item.text; },
  });
  const show = (...ids: string[]): void => rows.show(ids.map((id) => ({ id, text: id.toUpperCase() })));
  const order = (): string[] => [...element.children].map((row) => row.textContent ?? "");
  return { element, show, order };
};

describe("Rows", () => {
  it("keeps a row's element when it changes place, so that it can slide", () => {
    const { element, show, order } = list();
    show("a", "b", "c");
    const a = element.children[0] as HTMLElement;
    show("c", "a", "b");
    expect(order()).toEqual(["C", "A", "B"]);
    expect(element.children[1]).toBe(a);
    expect(a.style.getPropertyValue("--place")).toBe("1");
  });

  it("takes away what is gone and makes what is new", () => {
    const { show, order } = list();
    show("a", "b");
    show("x", "b", "y");
    expect(order()).toEqual(["X", "B", "Y"]);
    show();
    expect(order()).toEqual([]);
  });

  it("does not grow over months of change", () => {
    const { element, show } = list();
    for (let n = 0; n < 2_000; n++) show(`a${n}`, `b${n}`, `c${n % 7}`);
    expect(element.children).toHaveLength(3);
  });
});

describe("Paced", () => {
  it("runs at once, then at most every so often, and never loses the last", () => {
    const runs: number[] = [];
    let now = 0;
    const paced = new Paced(1_000, () => runs.push(now));
    for (now = 0; now <= 2_500; now += 100) {
      if (now <= 1_300) paced.mark();
      paced.tick(now);
    }
    expect(runs).toEqual([0, 1_000, 2_000]);
  });
});
