import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CaseDetail, Details } from "./details";

const detail = (id: string): CaseDetail => ({ id, revision: 1, grid: "g", category: "fire", severity: "red", stage: "reported", description: `of ${id}`, lat: 0, lon: 0, reportedAt: "", updatedAt: "", level: "none" });

describe("Details", () => {
  let asked: string[][];
  let fails: boolean;
  let details: Details;
  let arrivals: number;

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, fails, arrivals] = [[], false, 0];
    details = new Details(() => arrivals++, 250, async (path) => {
      const ids = new URL(path, "http://h/").searchParams.get("ids")!.split(",");
      asked.push(ids);
      return fails ? { kind: "unreachable", why: "no" } : { kind: "ok", value: { cases: ids.filter((id) => id !== "gone").map(detail) }, etag: undefined, status: 200 };
    });
  });
  afterEach(() => vi.useRealTimers());

  it("asks once for all that came into sight, and not again for what it knows", async () => {
    details.want(["a"]);
    details.want(["a", "b"]);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([["a", "b"]]);
    expect(details.get("b")?.description).toBe("of b");
    expect(arrivals).toBe(1);
    details.want(["b", "c"]);
    await vi.runAllTimersAsync();
    expect(asked[1]).toEqual(["c"]);
  });

  it("asks for no more than 100 at a time", async () => {
    details.want(Array.from({ length: 150 }, (_, at) => `c${at}`));
    await vi.runAllTimersAsync();
    expect(asked.map(({ length }) => length)).toEqual([100, 50]);
  });

  it("does not ask for what was scrolled past", async () => {
    details.want(["a"]);
    details.want(["b"]);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([["b"]]);
  });

  it("asks again after a failure, for as long as it is in sight", async () => {
    fails = true;
    details.want(["a"]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(asked.length).toBe(2);
    fails = false;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(details.get("a")).toBeDefined();
  });

  it("keeps the last looked at, and no more than its limit", async () => {
    for (let page = 0; page < 6; page++) {
      details.want(["first", ...Array.from({ length: 99 }, (_, at) => `c${page}-${at}`)]);
      await vi.runAllTimersAsync();
    }
    expect(details.size).toBe(250);
    expect(details.get("first")).toBeDefined();
    expect(details.get("c0-0")).toBeUndefined();
  });
});
