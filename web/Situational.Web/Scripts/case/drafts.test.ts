import { describe, expect, it } from "vitest";
import { Drafts } from "./drafts";
import { FakeKept } from "./kept.testing";

function room() {
  const box = { now: 1_000_000_000, kept: new FakeKept() };
  return { box, of: (person: string) => new Drafts(person, () => box.kept, () => box.now) };
}

describe("Drafts", () => {
  it("outlive the page, by case and step", () => {
    const { of, box } = room();
    of("o-1").put("c1", "reject", { reason: "half" });
    box.now++;
    of("o-1").put("c1", "accept", { note: "other" });
    expect(of("o-1").get("c1", "reject")).toEqual({ reason: "half" });
    expect(of("o-1").stepsOf("c1")).toEqual(["accept", "reject"]);
    expect(of("o-1").get("c2", "reject")).toBeUndefined();
  });

  it("are their writer's alone", () => {
    const { of } = room();
    of("o-1").put("c1", "reject", { reason: "half" });
    expect(of("o-2").get("c1", "reject")).toBeUndefined();
  });

  it("end when the step is taken, and when everything is deleted", () => {
    const { of, box } = room();
    of("o-1").put("c1", "reject", { reason: "half" });
    of("o-1").clear("c1", "reject");
    expect(box.kept.length).toBe(0);
    of("o-1").put("c1", "reject", { reason: "half" });
    of("o-1").put("c1", "reject", { reason: "", photos: [] });
    expect(of("o-1").stepsOf("c1")).toEqual([]);
  });

  it("end after seven days", () => {
    const { of, box } = room();
    of("o-1").put("c1", "reject", { reason: "half" });
    box.now += 7 * 86_400_000 - 1;
    expect(of("o-1").get("c1", "reject")).toBeDefined();
    box.now += 1;
    expect(of("o-1").get("c1", "reject")).toBeUndefined();
  });

  it("are bounded in number and length", () => {
    const { of, box } = room();
    for (let n = 0; n < 70; n++, box.now++) of("o-1").put(`c${n}`, "accept", { note: "x" });
    expect(of("o-1").get("c9", "accept")).toBeUndefined();
    expect(of("o-1").get("c10", "accept")).toBeDefined();
    expect(of("o-1").put("c1", "accept", { note: "x".repeat(30_000) })).toBe(false);
  });

  it("say when the browser has no room", () => {
    const { of, box } = room();
    box.kept.full = true;
    expect(of("o-1").put("c1", "accept", { note: "x" })).toBe(false);
  });

  it("last as long as the page where the browser keeps nothing", () => {
    const drafts = new Drafts("o-1", () => undefined, () => 0);
    drafts.put("c1", "accept", { note: "x" });
    expect(drafts.get("c1", "accept")).toEqual({ note: "x" });
  });

  it("start anew where what was kept cannot be read", () => {
    const { of, box } = room();
    box.kept.setItem("situational.drafts.o-1/c1 accept", '{"case":1}');
    box.kept.setItem("situational.drafts.o-1/c1 reject", "{{");
    expect(of("o-1").stepsOf("c1")).toEqual([]);
    expect(of("o-1").get("c1", "reject")).toBeUndefined();
  });

  it("are written by two windows side by side", () => {
    const { of, box } = room();
    const [one, other] = [of("o-1"), of("o-1")];
    one.put("c1", "reject", { reason: "half" });
    box.now++;
    other.put("c2", "accept", { note: "x" });
    one.put("c1", "reject", { reason: "more" });
    expect(other.get("c1", "reject")).toEqual({ reason: "more" });
    expect(one.get("c2", "accept")).toEqual({ note: "x" });
    other.clear("c1", "reject");
    expect(one.get("c1", "reject")).toBeUndefined();
  });
});
