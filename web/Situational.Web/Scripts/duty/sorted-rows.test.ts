import { describe, expect, it } from "vitest";
import { SortedRows } from "./sorted-rows";

interface Item {
  readonly key: string;
  readonly due: number;
}

const compare = (one: Item, other: Item): number => one.due - other.due || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);

/** Numbers that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("SortedRows", () => {
  it.each([1, 2, 3, 4, 5])("is what a full sort gives, after any deltas (%i)", (seed) => {
    const random = numbers(seed);
    const sorted = new SortedRows<Item>((item) => item.key, compare);
    const plain = new Map<string, Item>();
    const item = (): Item => ({ key: `c${Math.floor(random() * 300)}`, due: Math.floor(random() * 40) });
    for (let step = 0; step < 3_000; step++) {
      const draw = random();
      if (draw < 0.001) {
        const rows = Array.from({ length: 200 }, item);
        plain.clear();
        for (const row of rows) plain.set(row.key, row);
        sorted.reset(rows);
      } else if (draw < 0.3) {
        const { key } = item();
        expect(sorted.remove(key)).toBe(plain.delete(key) ? "left" : "same");
      } else {
        const row = item();
        const was = plain.has(row.key);
        plain.set(row.key, row);
        expect(sorted.put(row) === "came").toBe(!was);
      }
      if (step % 10 === 0) expect([...sorted]).toEqual([...plain.values()].sort(compare));
    }
    const wanted = [...plain.values()].sort(compare);
    expect([...sorted]).toEqual(wanted);
    wanted.forEach((row, place) => expect(sorted.indexOf(row.key)).toBe(place));
    expect(sorted.indexOf("none")).toBe(-1);
  });

  it("says whether a row changed its place", () => {
    const sorted = new SortedRows<Item>((item) => item.key, compare);
    sorted.reset([{ key: "a", due: 1 }, { key: "b", due: 5 }, { key: "c", due: 9 }]);
    expect(sorted.put({ key: "b", due: 5 })).toBe("same");
    expect(sorted.put({ key: "b", due: 6 })).toBe("same");
    expect(sorted.put({ key: "b", due: 10 })).toBe("moved");
    expect(sorted.keys()).toEqual(["a", "c", "b"]);
  });
});
