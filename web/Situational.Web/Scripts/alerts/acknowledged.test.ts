import { describe, expect, it, vi } from "vitest";
import { Acknowledged } from "./acknowledged";
import type { Acknowledgement } from "./book";

const ok = (ids: readonly string[], asOf = "2026-01-05T09:00:00Z") => ({
  kind: "ok" as const, status: 200, etag: undefined,
  value: { acknowledged: ids.map((alert) => ({ alert, by: "o-2", at: "2026-01-05T08:59:00Z" })), asOf },
});

describe("Acknowledged", () => {
  it("asks from a week back, then for what came since", async () => {
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
    expect(asked).toEqual([`api/v1/alerts/acknowledged?since=${encodeURIComponent("2026-01-01T00:00:00.000Z")}`, `api/v1/alerts/acknowledged?since=${encodeURIComponent("2026-01-05T09:00:00Z")}`]);
  });

  it("says that it does not know while nobody answers", async () => {
    const one = new Acknowledged(() => {}, () => 0, async () => ({ kind: "unreachable", why: "gone" }));
    one.tick(0);
    await vi.waitFor(() => expect(one.known).toBe(false));
  });

  it("sends no more at once than the server takes, and stops where it refuses", async () => {
    const sizes: number[] = [];
    const one = new Acknowledged(() => {}, () => 0, async (_path, body) => {
      sizes.push((body as { alerts: string[] }).alerts.length);
      return sizes.length < 3 ? ok([]) : { kind: "unreachable", why: "gone" };
    });
    expect(await one.acknowledge(Array.from({ length: 450 }, (_, n) => `a${n}`))).toBe(false);
    expect(sizes).toEqual([200, 200, 50]);
    sizes.length = 0;
    expect(await one.acknowledge(["a"])).toBe(true);
  });
});
