import { expect, it, vi } from "vitest";
import { Names } from "./names";

it("names categories and whistles, and shows codes it has no name for", () => {
  const names = new Names('{"categories":[["fire","火情"]],"whistles":[["emergency","应急处置哨"],["management","管理服务哨"]]}');
  expect([names.category("fire"), names.category("flood"), names.category("constructor")]).toEqual(["火情", "flood", "constructor"]);
  expect(names.whistle("emergency")).toBe("应急处置哨");
  expect(["management", "emergency", "other"].map((code) => names.urgency(code))).toEqual([1, 0, 2]);
});

it.each([undefined, "", "{}", "null", "[1]", '{"categories":[1,["a"],{}],"whistles":3}'])("does without names in %j", (json) => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const names = new Names(json);
  expect([names.category("a"), names.whistle("b"), names.urgency("b")]).toEqual(["a", "b", 0]);
  vi.restoreAllMocks();
});
