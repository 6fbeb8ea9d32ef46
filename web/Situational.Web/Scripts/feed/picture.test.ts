import { describe, expect, it } from "vitest";
import { parseFrame } from "./frame";
import { beat, delta, grid, hazard, snapshot, unit } from "./frames.testing";
import { eventLimit, type Picture, reduce } from "./picture";

const start = (): Picture => {
  const rows = { grids: [grid("g1", 1), grid("g2", 5)], units: [unit("u1"), unit("u2")], cases: [hazard("c1")] };
  const reduced = reduce(undefined, parseFrame(snapshot(7, rows)));
  if ("resync" in reduced) throw new Error(reduced.resync);
  return reduced.picture;
};

const apply = (picture: Picture | undefined, frame: unknown) => reduce(picture, parseFrame(frame));

describe("reduce", () => {
  it("takes a snapshot as the whole picture", () => {
    const picture = start();
    expect([...picture.grids.keys()]).toEqual(["g1", "g2"]);
    expect(picture.units.size).toBe(2);
    expect(picture.revision).toBe(7);
  });

  it("replaces what a snapshot does not hold any more", () => {
    const reduced = apply(start(), snapshot(9, { grids: [grid("g3", 1)] }, { epoch: "e2" }));
    expect("picture" in reduced && [...reduced.picture.grids.keys()]).toEqual(["g3"]);
    expect("picture" in reduced && reduced.picture.units.size).toBe(0);
  });

  it("applies a delta that follows its own revision", () => {
    const reduced = apply(start(), delta(7, {
      grids: [grid("g1", 2, { risk: 1 })], units: [unit("u3")], gone: ["u1"], cases: [hazard("c2")], closed: ["c1"],
      events: [[10_050, "reported", "c2", "g1", 1], [10_060, "closed", "c1", "g1", 1]],
    }, [grid("g1", 2), grid("g2", 5)]));
    if ("resync" in reduced) throw new Error(reduced.resync);
    expect(reduced.picture.revision).toBe(8);
    expect(reduced.picture.grids.get("g1")?.[2]).toBe(1);
    expect([...reduced.picture.units.keys()]).toEqual(["u2", "u3"]);
    expect([...reduced.picture.cases.keys()]).toEqual(["c2"]);
    expect(reduced.picture.events.map((event) => [event.row[1], event.category])).toEqual([["closed", "road-collapse"], ["reported", "road-collapse"]]);
    expect(reduced.change).toMatchObject({ whole: false, gone: ["u1"], closed: ["c1"] });
  });

  it.each([
    ["a gap", delta(8, {}, [grid("g1", 1), grid("g2", 5)]), "gap"],
    ["a repeated delta", delta(6, {}, [grid("g1", 1), grid("g2", 5)]), "gap"],
    ["another epoch", delta(7, {}, [grid("g1", 1), grid("g2", 5)], { epoch: "e9" }), "epoch"],
    ["a delta whose digest is not what it makes", delta(7, { grids: [grid("g1", 2)] }, [grid("g1", 3), grid("g2", 5)]), "digest"],
    ["a beat with another digest", beat(7, [grid("g1", 2)]), "digest"],
    ["a beat of another revision", beat(8, [grid("g1", 1), grid("g2", 5)]), "gap"],
    ["a snapshot whose digest is not what it holds", snapshot(9, { grids: [grid("g1", 1)] }, { digest: "00000000" }), "digest"],
  ])("asks to watch anew after %s", (_, frame, reason) => {
    expect(apply(start(), frame)).toEqual({ resync: reason });
  });

  it("puts events that come late at their place in time", () => {
    const first = apply(start(), delta(7, { events: [[10_050, "reported", "c2", "g1", 1], [10_090, "overdue", "c1", "g1", 1]] }, [grid("g1", 1), grid("g2", 5)]));
    if ("resync" in first) throw new Error(first.resync);
    const second = apply(first.picture, delta(8, { events: [[10_060, "reported", "c9", "g2", 2], [10_095, "arrived", "c1", "g1", 1]] }, [grid("g1", 1), grid("g2", 5)]));
    expect("picture" in second && second.picture.events.map((event) => event.row[0])).toEqual([10_095, 10_090, 10_060, 10_050]);
  });

  it("asks for a snapshot when there is no picture", () => {
    expect(apply(undefined, beat(1, []))).toEqual({ resync: "no-picture" });
    expect(apply(undefined, delta(0, {}, []))).toEqual({ resync: "no-picture" });
  });

  it("keeps the picture on a beat and takes its time and trouble", () => {
    const reduced = apply(start(), beat(7, [grid("g1", 1), grid("g2", 5)], { trouble: [{ code: "warming", detail: "3 of 80" }] }));
    if ("resync" in reduced) throw new Error(reduced.resync);
    expect(reduced.picture.at).toBe(12_000);
    expect(reduced.picture.trouble).toEqual([{ code: "warming", detail: "3 of 80" }]);
    expect(reduced.picture.units.size).toBe(2);
  });

  it("bounds the events for months of running", () => {
    let picture = start();
    for (let n = 0; n < 500; n++) {
      const reduced = apply(picture, delta(picture.revision, { events: [[20_000 + n, "silent", "g1", "g1", 0]] }, [grid("g1", 1), grid("g2", 5)]));
      if ("resync" in reduced) throw new Error(reduced.resync);
      picture = reduced.picture;
    }
    expect(picture.events).toHaveLength(eventLimit);
    expect(picture.events[0]?.row[0]).toBe(20_499);
  });

  it("ends where the server ends, whatever is cut out on the way", () => {
    // A small server: grids get new revisions, each frame is lost with a chance of 1 in 5; a lost one costs a snapshot.
    let seed = 42;
    const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
    const server = new Map(Array.from({ length: 30 }, (_, n) => [`g${n}`, grid(`g${n}`, 1)]));
    let revision = 1;
    let picture: Picture | undefined;
    for (let step = 0; step < 2_000; step++) {
      const code = `g${Math.floor(random() * 30)}`;
      const row = grid(code, (server.get(code)?.[1] ?? 0) + 1);
      server.set(code, row);
      const frame = delta(revision++, { grids: [row] }, [...server.values()]);
      if (random() < 0.2) continue;
      let reduced = apply(picture, frame);
      if ("resync" in reduced) reduced = apply(undefined, snapshot(revision, { grids: [...server.values()] }));
      if ("resync" in reduced) throw new Error(reduced.resync);
      picture = reduced.picture;
      expect(picture.revision).toBe(revision);
      expect([...picture.grids.values()].map((r) => r[1])).toEqual([...server.values()].map((r) => r[1]));
    }
  });
});

describe("parseFrame", () => {
  it.each([
    ["no object", [1], /frame is no object/],
    ["an unknown kind", snapshot(1, {}, { kind: "patch" }), /kind/],
    ["a revision that is no number", snapshot(1, {}, { revision: "1" }), /revision/],
    ["a row with too few columns", snapshot(1, {}, { units: [["u1", 1, 2]] }), /units.*too few/],
    ["a cell of the wrong type", snapshot(1, {}, { grids: [["g", "1", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]] }), /grids.*column 1/],
    ["totals that lack a name", snapshot(1, {}, { totals: {} }), /totals\.red/],
    ["an id that is no string", snapshot(1, {}, { gone: [5] }), /gone/],
  ])("refuses %s", (_, value, message) => {
    expect(() => parseFrame(value)).toThrow(message);
  });

  it("leaves unknown fields and further columns alone", () => {
    const frame = parseFrame(snapshot(1, { grids: [] }, { units: [[...unit("u1"), "more"]], later: true }));
    expect(frame.kind === "snapshot" && frame.units[0]?.[0]).toBe("u1");
  });
});
