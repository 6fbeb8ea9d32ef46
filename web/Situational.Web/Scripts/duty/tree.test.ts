import { describe, expect, it } from "vitest";
import { grid } from "../feed/frames.testing";
import { readTerritory } from "../page/territory";
import { AreaTree, ChildSums, worstFirst, worstRisk } from "./tree";

const area = (code: string, parent?: string): GeoJSON.Feature => ({ type: "Feature", geometry: null as never, properties: { code, name: `n${code}`, ...(parent && { parent }) } });
const tree = new AreaTree(readTerritory({
  type: "FeatureCollection",
  features: [area("c"), area("s2", "c"), area("s1", "c"), area("g1", "s1"), area("g2", "s1"), area("g3", "s2")],
}, 1));

describe("AreaTree", () => {
  it("knows the way from the city to a grid", () => expect(tree.path("g2").map(({ code }) => code)).toEqual(["c", "s1", "g2"]));
  it("has children in the order of their codes", () => expect(tree.node("c")?.children).toEqual(["s1", "s2"]));
  it("knows the grids of an area", () => {
    expect(tree.gridsUnder("c")).toEqual(["g1", "g2", "g3"]);
    expect(tree.gridsUnder("g3")).toEqual(["g3"]);
    expect(tree.gridsUnder("none")).toEqual([]);
  });
  it("leads one level down towards a grid, or to the neighbour of the same level", () => {
    expect(tree.towards("c", "g1")).toBe("s1");
    expect(tree.towards("s1", "g1")).toBe("g1");
    expect(tree.towards("g1", "g1")).toBe("g1");
    expect(tree.towards("s1", "g3")).toBe("s2");
    expect(tree.towards("g1", "g3")).toBe("g3");
  });
});

describe("ChildSums", () => {
  it("adds up the grids of each child and leaves out others", () => {
    const sums = new ChildSums(tree, "c").of([
      grid("g1", 1, { risk: 2, open: [0, 1, 2, 0], overdue: 1, units: 2 }), grid("g2", 1, { risk: 4, silent: 1 }), grid("g3", 1, { risk: 1, open: [1] }), grid("outside", 1, { units: 9 }),
    ]);
    expect(sums.map(({ node, open, overdue, units, silent, grids }) => [node.code, open, overdue, units, silent, grids])).toEqual([
      ["s1", [0, 1, 2, 0], 1, 2, 1, 2], ["s2", [1, 0, 0, 0], 0, 0, 0, 1],
    ]);
    expect(sums.map(worstRisk)).toEqual([2, 1]);
    expect(sums.sort(worstFirst).map(({ node }) => node.code)).toEqual(["s2", "s1"]);
  });
  it("takes a grid for its own only child", () => expect(new ChildSums(tree, "g3").of([grid("g3", 1, { open: [1] })])).toMatchObject([{ open: [1, 0, 0, 0] }]));
  it("calls a risk unknown that may be worse than blue", () => {
    const sums = new ChildSums(tree, "s1").of([grid("g1", 1, { risk: 0 }), grid("g2", 1, { risk: 4 })]);
    expect(sums.map(worstRisk)).toEqual([0, 4]);
  });
});
