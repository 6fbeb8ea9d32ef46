import { describe, expect, it } from "vitest";
import beat from "../fixtures/feed/beat.json";
import deltaGone from "../fixtures/feed/delta-gone.json";
import delta from "../fixtures/feed/delta.json";
import digests from "../fixtures/feed/digests.json";
import beforeTerritory from "../fixtures/feed/snapshot-before-territory.json";
import snapshot from "../fixtures/feed/snapshot.json";
import { format, mix } from "./digest";
import { parseFrame } from "./frame";
import { type Picture, reduce } from "./picture";

/** What a .NET test wrote with the server's own writer; the two sides cannot drift. */
const after = (picture: Picture | undefined, value: unknown): Picture => {
  const reduced = reduce(picture, parseFrame(value));
  if ("resync" in reduced) throw new Error(reduced.resync);
  return reduced.picture;
};

describe("the server's own frames", () => {
  it("have the digests that the screen computes", () => {
    expect(digests.length).toBeGreaterThan(0);
    for (const [code, revision, digest] of digests) expect(format(mix(String(code), Number(revision)))).toBe(digest);
  });

  it("apply one after the other: snapshot, delta, beat", () => {
    let picture = after(undefined, snapshot);
    expect(picture.grids.size).toBe(snapshot.grids.length);
    expect(picture.cases.size).toBe(snapshot.cases.length);
    picture = after(picture, delta);
    expect(picture.revision).toBe(delta.revision);
    for (const id of delta.closed) expect(picture.cases.has(id)).toBe(false);
    expect(picture.events[0]?.row[0]).toBe(delta.events[0]?.[0]);
    picture = after(picture, beat);
    expect(picture.at).toBe(beat.at);
    expect(picture.trouble.map(({ code }) => code)).toEqual(["store-away"]);
  });

  it("begin before there is a territory", () => {
    const picture = after(undefined, beforeTerritory);
    expect(picture.territory).toBe(0);
    expect(picture.trouble.map(({ code }) => code)).toContain("no-territory");
  });

  it("name the units that left the area", () => {
    const frame = parseFrame(deltaGone);
    expect(frame.kind === "delta" && frame.gone).toEqual(["u-01"]);
  });
});
