import { expect, it } from "vitest";
import { hazard, snapshot } from "../feed/frames.testing";
import { parseFrame, reduce, type Picture } from "../feed";
import { Names } from "../page/names";
import { Places } from "../page/places";
import { Texts } from "../page/texts";
import { whistled, Whistles } from "./whistles";

const names = new Names('{"categories":[["fire","Fire"]],"whistles":[["emergency","Emergency"],["management","Management"]]}');
const blown = (id: string, whistle: string, whistledAt: number, called = 3, arrived = 0) =>
  hazard(id, { category: "fire", whistle, whistledAt, called, arrived });

function picture(cases: ReturnType<typeof hazard>[]): Picture {
  const reduced = reduce(undefined, parseFrame(snapshot(1, { cases })));
  if ("resync" in reduced) throw new Error(reduced.resync);
  return reduced.picture;
}

it("puts emergencies first, then the longest blown, and leaves out cases without a whistle", () => {
  const rows = [blown("b", "management", 1), blown("c", "unnamed", 0), hazard("quiet"), blown("a", "emergency", 9), blown("d", "emergency", 5)];
  expect(whistled(rows, (kind) => names.urgency(kind)).map((row) => row[0])).toEqual(["d", "a", "b", "c"]);
});

it("says who is there and for how long it has been blown, how many there are, and honestly when there is none", () => {
  const root = document.createElement("main");
  root.innerHTML = '<ul data-part="whistles"></ul><p data-part="whistles-none"></p><span data-part="whistles-all"></span>';
  const texts = new Texts("en");
  const panel = new Whistles(root, texts, new Places(texts), names);
  const words = (selector: string): (string | null)[] => [...root.querySelectorAll(selector)].map((element) => element.textContent);

  panel.show(picture([blown("1", "emergency", 40_000, 3, 2), blown("2", "emergency", 70_000, 1, 1), blown("3", "management", 1), blown("4", "management", 2)]), 100_500);

  expect(words(".whistle-kind")).toEqual(["Emergency", "Emergency", "Management"]);
  expect(words(".whistle-there")).toEqual(["2/3 there", "1/1 there", "0/3 there"]);
  expect(words(".whistle-age")).toEqual(["60 s", "30 s", "2 min"]);
  expect(words(".whistle-what")[0]).toBe("Fire · g1");
  expect(words("[data-part=whistles-all]")).toEqual(["of 4"]);
  expect([...root.querySelectorAll<HTMLElement>(".whistle")].map((row) => row.dataset["all"])).toEqual(["false", "true", "false"]);

  panel.show(picture([]), 100_500);
  expect(words(".whistle")).toEqual([]);
  expect(root.querySelector<HTMLElement>("[data-part=whistles-none]")?.hidden).toBe(false);
});
