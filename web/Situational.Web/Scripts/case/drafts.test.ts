import { describe, expect, it } from "vitest";
import { Drafts } from "./drafts";

function room() {
  const box = { now: 1_000_000_000, values: new Map<string, string>(), full: false };
  const storage = {
    getItem: (name: string) => box.values.get(name) ?? null,
    setItem: (name: string, value: string) => { if (box.full) throw new Error("full"); box.values.set(name, value); },
    removeItem: (name: string) => void box.values.delete(name),
  };
  return { box, of: (person: string) => new Drafts(person, () => storage, () => box.now) };
}

describe("Drafts", () => {
  it("outlive the page, by case and step", () => {
    const { of } = room();
    of("o-1").put("c1", "reject", { reason: "half" });
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
    expect(box.values.size).toBe(0);
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
    const { of } = room();
    for (let n = 0; n < 70; n++) of("o-1").put(`c${n}`, "accept", { note: "x" });
    expect(of("o-1").get("c9", "accept")).toBeUndefined();
    expect(of("o-1").get("c10", "accept")).toBeDefined();
    expect(of("o-1").put("c1", "accept", { note: "x".repeat(30_000) })).toBe(false);
  });

  it("say when the browser has no room", () => {
    const { of, box } = room();
    box.full = true;
    expect(of("o-1").put("c1", "accept", { note: "x" })).toBe(false);
  });

  it("last as long as the page where the browser keeps nothing", () => {
    const drafts = new Drafts("o-1", () => undefined, () => 0);
    drafts.put("c1", "accept", { note: "x" });
    expect(drafts.get("c1", "accept")).toEqual({ note: "x" });
  });

  it("start anew where what was kept cannot be read", () => {
    const { of, box } = room();
    box.values.set("situational.drafts.o-1", '[{"case":1}, "x"]');
    expect(of("o-1").stepsOf("c1")).toEqual([]);
    box.values.set("situational.drafts.o-1", "{{");
    expect(of("o-1").stepsOf("c1")).toEqual([]);
  });
});
