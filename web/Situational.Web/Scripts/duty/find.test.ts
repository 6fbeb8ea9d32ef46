import { describe, expect, it } from "vitest";
import { Pinyin } from "../desk/pinyin";
import { hazard, unit } from "../feed/frames.testing";
import { readTerritory } from "../page/territory";
import { AreaIndex, findCases, findUnits } from "./find";
import { AreaTree } from "./tree";

const area = (code: string, name: string, parent?: string): GeoJSON.Feature => ({ type: "Feature", geometry: null as never, properties: { code, name, ...(parent && { parent }) } });
const tree = new AreaTree(readTerritory({
  type: "FeatureCollection",
  features: [
    area("4403", "深圳市"), area("440311", "光明区", "4403"), area("440311003", "马田街道", "440311"), area("440311003006", "合水口社区", "440311003"), area("440311003007", "马山头社区", "440311003"),
    area("440311003006001", "网格01", "440311003006"), area("440311003006003", "网格03", "440311003006"), area("440311003007003", "网格03", "440311003007"),
  ],
}, 1));
const found = (text: string): string[] => new AreaIndex().find(tree, text).map(({ name, code }) => `${name} ${code.slice(-3)}`);

describe("AreaIndex", () => {
  it.each([
    ["合水", "合水口社区 006"], ["hsk", "合水口社区 006"], ["HSK", "合水口社区 006"], ["mtjd", "马田街道 003"], ["440311003006003", "网格03 003"], ["gm", "光明区 311"], ["skou", undefined], ["sksq", "合水口社区 006"],
  ])("finds by %s", (text, first) => expect(found(text)[0]).toBe(first));

  it("puts what begins so before what holds it, and higher areas before lower", () => expect(found("m")).toEqual(["马田街道 003", "马山头社区 007"]));
  it("finds a grid by its community", () => expect(found("mst 03")).toEqual(["网格03 003"]));
  it("finds nothing by nothing", () => expect(found("  ")).toEqual([]));
});

describe("findUnits", () => {
  const units = [unit("w-017"), unit("w-117"), ["w-2", 0, 0, 0, 0, 0, "g", "s", "巡防二", 0, -1, 0, 0] as const];
  const ids = (text: string): string[] => findUnits(units, text, new Pinyin()).map(([id]) => id);
  it("finds by id and call sign, exact ones first", () => {
    expect(ids("w-117")).toEqual(["w-117"]);
    expect(ids("17")).toEqual(["w-017", "w-117"]);
    expect(ids("巡防")).toEqual(["w-2"]);
    expect(ids("xf")).toEqual(["w-2"]);
  });
});

describe("findCases", () => {
  it("finds by number, the exact one first", () =>
    expect(findCases([hazard("440311-12"), hazard("440311-1"), hazard("9-9")], "440311-1").map(([id]) => id)).toEqual(["440311-1", "440311-12"]));
  it("does not look for a single character", () => expect(findCases([hazard("440311-1")], "4")).toEqual([]));
});
