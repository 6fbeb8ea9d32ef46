import { describe, expect, it, vi } from "vitest";
import type { Outcome } from "../api/http";
import { type Attempt, Attempts } from "../case/attempts";
import { FakeKept } from "../case/kept.testing";
import type { CaseAnswer } from "../case/wire";
import type { CaseRow } from "../feed";
import { Texts } from "../page/texts";
import { ListSteps, type Told } from "./list-steps";

const row = ["c1", "g1", "fire", 1, 2, 0, 0, 0, 0, 0, 0, "", 0, 0, 0, ""] as unknown as CaseRow;
const one = (more: Partial<CaseAnswer> = {}): CaseAnswer => ({ id: "c1", revision: 7, stage: "accepted", severity: "red", ...more }) as CaseAnswer;
const ok = (value: CaseAnswer): Outcome<CaseAnswer> => ({ kind: "ok", value, etag: undefined, status: 200 });
const gone: Outcome<CaseAnswer> = { kind: "unreachable", why: "gone" };
const refused = (status: number, said: Record<string, unknown> = {}): Outcome<CaseAnswer> => ({ kind: "refused", problem: { status, title: "", detail: "no", errors: {}, said, retryAfter: undefined } });

/** Rows of a list with a server that answers a reading and steps as told. */
function room(read: Outcome<CaseAnswer>, answers: Outcome<CaseAnswer>[]) {
  const box = { sent: [] as Attempt[], told: [] as Told[], others: [] as Told[] };
  let keys = 0;
  const kept = new FakeKept();
  const attempts = new Attempts("o-1", {
    storage: () => kept, now: () => 0, after: () => () => {}, newKey: () => `key-${++keys}`,
    send: async (attempt) => {
      box.sent.push(attempt);
      return answers.shift() ?? await new Promise<never>(() => {});
    },
  });
  const steps = new ListSteps({ texts: new Texts("en"), attempts, changed: () => {}, ended: (_attempt, told) => box.others.push(told), read: async () => read });
  return { box, attempts, steps, take: () => steps.take(row, "dispatch", { assignee: { kind: "unit", id: "w-1" } }, (told) => box.told.push(told)) };
}

describe("ListSteps", () => {
  it("sends what was read of a case that is as its row shows", async () => {
    const { box, take } = room(ok(one()), [ok(one({ revision: 8, stage: "dispatched" }))]);
    await take();
    expect(box.sent).toMatchObject([{ step: "dispatch", revision: 7, from: "accepted", to: "dispatched", body: { assignee: { id: "w-1" } } }]);
    expect(box.told.map(({ state }) => state)).toEqual(["sending", "done"]);
  });

  it.each([one({ stage: "dispatched" }), one({ severity: "blue" }), one({ assignee: { kind: "unit", id: "w-2" } })])("sends nothing where somebody was first", async (read) => {
    const { box, take } = room(ok(read), []);
    await take();
    expect(box.sent).toEqual([]);
    expect(box.told.at(-1)).toMatchObject({ state: "failed", words: expect.stringContaining("someone else") as string });
  });

  it("says that nothing was sent where the case cannot be read", async () => {
    const { box, take } = room(gone, []);
    await take();
    expect(box.sent).toEqual([]);
    expect(box.told.at(-1)).toMatchObject({ state: "failed", words: expect.stringContaining("nothing was sent") as string });
  });

  it("does not know what nobody answered, goes on with the same key, and says in the end", async () => {
    const { box, take, attempts, steps } = room(ok(one()), [gone, refused(502), ok(one({ revision: 8, stage: "dispatched" }))]);
    await take();
    expect(box.told.at(-1)?.state).toBe("unknown");
    expect(steps.isBusy("c1")).toBe(true);
    await take();
    expect(box.told.at(-1)).toMatchObject({ state: "failed", words: expect.stringContaining("under way") as string });
    for (let tries = 2; tries <= 3; tries++) {
      attempts.wake();
      await vi.waitFor(() => expect(box.sent).toHaveLength(tries));
      await Promise.resolve();
    }
    await vi.waitFor(() => expect(box.told.at(-1)?.state).toBe("done"));
    expect(new Set(box.sent.map(({ key }) => key)).size).toBe(1);
    expect(steps.isBusy("c1")).toBe(false);
  });

  it("names who was first", async () => {
    const { box, take } = room(ok(one()), [refused(412, { case: one({ revision: 8, stage: "dispatched" }), lastStep: { number: 3, at: "2026-01-05T09:00:00Z", what: "dispatch", grid: "g", by: { id: "o-li", role: "officer" } } })]);
    await take();
    expect(box.told.at(-1)).toMatchObject({ state: "failed", words: expect.stringMatching(/o-li.*Dispatched/s) as string });
  });

  it("tells of steps that others took, and were refused", async () => {
    const { box, attempts } = room(ok(one()), [refused(422)]);
    attempts.take("c9", "accept", {}, { revision: 1, stage: "reported" }, "accepted");
    await vi.waitFor(() => expect(box.others).toEqual([{ state: "failed", words: "no" }]));
  });
});
