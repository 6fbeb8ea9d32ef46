import { describe, expect, it, vi } from "vitest";
import { Acknowledged } from "./acknowledged";
import type { Acknowledgement } from "./book";

const ok = (ids: readonly string[], asOf = "2026-01-05T09:00:00Z") => ({
  kind: "ok" as const, status: 200, etag: undefined,
  value: { acknowledged: ids.map((alert) => ({ alert, by: "o-2", at: "2026-01-05T08:59:00Z" })), asOf },
});

describe("Acknowledged", () => {
  it("asks from a month back, then for what came since", async () => {
    const asked: string[] = [];
    const taken: Acknowledgement[] = [];
    const one = new Acknowledged((seen) => taken.push(...seen), () => Date.UTC(2026, 0, 8), async (path) => {
      asked.push(path);
      return ok(["a"]);
    });
    one.tick(0);
    await vi.waitFor(() => expect(taken).toEqual([{ alert: "a", by: "o-2", at: Date.UTC(2026, 0, 5, 8, 59) }]));
    one.tick(4_999);
    expect(asked).toHaveLength(1);
    one.tick(5_000);
    expect(asked).toEqual([`api/v1/alerts/acknowledged?since=${encodeURIComponent("2025-12-08T00:00:00.000Z")}`, `api/v1/alerts/acknowledged?since=${encodeURIComponent("2026-01-05T09:00:00Z")}`]);
  });

  it("says that it does not know while nobody answers", async () => {
    const one = new Acknowledged(() => {}, () => 0, async () => ({ kind: "unreachable", why: "gone" }));
    one.tick(0);
    await vi.waitFor(() => expect(one.known).toBe(false));
  });

  it("asks on at once while answers are full", async () => {
    const asked: string[] = [];
    const full = Array.from({ length: 2_000 }, (_, n) => `a${n}`);
    const taken: string[] = [];
    const one = new Acknowledged((seen) => taken.push(...seen.map(({ alert }) => alert)), () => Date.UTC(2026, 0, 8), async (path) => {
      asked.push(path);
      return asked.length < 3 ? ok(full, `2026-01-0${asked.length}T00:00:00Z`) : ok(["last"]);
    });
    one.tick(0);
    await vi.waitFor(() => expect(taken).toContain("last"));
    expect(asked).toHaveLength(3);
    expect(asked[2]).toContain(encodeURIComponent("2026-01-02T00:00:00Z"));
  });

  it("sends no more at once than the server takes, and stops where it refuses", async () => {
    const sizes: number[] = [];
    const one = new Acknowledged(() => {}, () => 0, async (_path, body) => {
      sizes.push((body as { alerts: string[] }).alerts.length);
      return sizes.length < 3 ? ok([]) : { kind: "unreachable", why: "gone" };
    });
    const left = await one.acknowledge(Array.from({ length: 450 }, (_, n) => `a${n}`));
    expect(left).toEqual(Array.from({ length: 50 }, (_, n) => `a${n + 400}`));
    expect(sizes).toEqual([200, 200, 50]);
    sizes.length = 0;
    expect(await one.acknowledge(["a"])).toEqual([]);
  });

  it("leaves out what is over, and sends the rest", async () => {
    const sent: string[][] = [];
    const one = new Acknowledged(() => {}, () => 0, async (_path, body) => {
      const { alerts } = body as { alerts: string[] };
      sent.push(alerts);
      if (!alerts.includes("b")) return ok(alerts);
      const errors = { [`alerts[${alerts.indexOf("b")}]`]: ["There is no such alert now: b"] };
      return { kind: "refused", problem: { status: 422, title: "", detail: "", errors, said: {}, retryAfter: undefined } };
    });
    expect(await one.acknowledge(["a", "b", "c"])).toEqual(["b"]);
    expect(await one.acknowledge(["b"])).toEqual(["b"]);
    expect(sent).toEqual([["a", "b", "c"], ["a", "c"], ["b"]]);
  });
});
