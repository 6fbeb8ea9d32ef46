import { describe, expect, it, vi } from "vitest";
import type { Outcome } from "../api/http";
import { CaseFile } from "./case-file";
import type { CaseAnswer, CaseEvent, CaseHistory } from "./wire";

const one = (revision: number) => ({ id: "c1", revision, stage: "reported" }) as CaseAnswer;
const ok = <Value>(value: Value, etag?: string): Outcome<Value> => ({ kind: "ok", value, etag, status: 200 });
const refused = (status: number): Outcome<never> => ({ kind: "refused", problem: { status, title: "", detail: "", errors: {}, said: {}, retryAfter: undefined } });
const event = (number: number) => ({ number, at: "2026-01-05T08:30:00Z", what: "accept", grid: "g" }) as CaseEvent;

/** A server with one case and so many events, a page of 200. */
function room() {
  const box = { revision: 1, events: 1, answer: undefined as Outcome<never> | undefined, asked: [] as string[] };
  const file = new CaseFile("c1", {
    read: async <Value>(path: string, unless?: string): Promise<Outcome<Value>> => {
      box.asked.push(unless === undefined ? path : `${path} unless ${unless}`);
      if (box.answer) return box.answer;
      if (path.includes("history")) {
        const after = Number(/cursor=(\d+)/.exec(path)?.[1] ?? 0);
        const events = Array.from({ length: Math.min(200, box.events - after) }, (_, n) => event(after + n + 1));
        const history: CaseHistory = { id: "c1", events, ...(after + events.length < box.events && events.length > 0 ? { next: String(after + events.length) } : {}) };
        return ok(history) as Outcome<Value>;
      }
      return (unless === `"${box.revision}"` ? refused(304) : ok(one(box.revision), `"${box.revision}"`)) as Outcome<Value>;
    },
    changed: () => {},
  });
  return { box, file };
}

describe("CaseFile", () => {
  it("reads the case with its history", async () => {
    const { file } = room();
    expect(file.absent).toBe("loading");
    await file.refresh();
    expect(file).toMatchObject({ absent: undefined, historyState: "ready", hasMore: false });
    expect(file.events).toHaveLength(1);
  });

  it("does not read again what is the same", async () => {
    const { box, file } = room();
    await file.refresh();
    box.asked.length = 0;
    await file.refresh();
    expect(box.asked).toEqual(['api/v1/cases/c1 unless "1"']);
  });

  it("reads only what happened since", async () => {
    const { box, file } = room();
    await file.refresh();
    [box.revision, box.events] = [2, 3];
    box.asked.length = 0;
    await file.refresh();
    expect(box.asked).toEqual(['api/v1/cases/c1 unless "1"', "api/v1/cases/c1/history?limit=200&cursor=1"]);
    expect(file.events.map((each) => each.number)).toEqual([1, 2, 3]);
  });

  it("reads a long history page by page", async () => {
    const { box, file } = room();
    box.events = 450;
    await file.refresh();
    expect([file.events.length, file.hasMore]).toEqual([200, true]);
    await file.more();
    await file.more();
    expect([file.events.length, file.hasMore]).toEqual([450, false]);
  });

  it("keeps what it has while the server does not answer, and says so", async () => {
    const { box, file } = room();
    await file.refresh();
    box.answer = { kind: "unreachable", why: "gone" };
    await file.refresh();
    expect(file.absent).toBe("failed");
    expect(file.current?.revision).toBe(1);
    box.answer = undefined;
    await file.refresh();
    expect(file.absent).toBeUndefined();
  });

  it.each([[404, "unknown"], [401, "ended-session"], [403, "ended-session"], [503, "failed"]] as const)("takes %d for %s", async (status, absent) => {
    const { box, file } = room();
    box.answer = refused(status);
    await file.refresh();
    expect(file.absent).toBe(absent);
  });

  it("takes the answer of a step, and no older one after it", async () => {
    const { box, file } = room();
    await file.refresh();
    box.events = 2;
    file.take(one(5));
    await vi.waitFor(() => expect(file.events).toHaveLength(2));
    box.revision = 3;
    await file.refresh();
    expect(file.current?.revision).toBe(5);
  });
});
