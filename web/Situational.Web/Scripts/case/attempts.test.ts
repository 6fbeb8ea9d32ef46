import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Outcome } from "../api/http";
import { type Attempt, Attempts, type Ending } from "./attempts";
import { FakeKept } from "./kept.testing";
import type { CaseAnswer } from "./wire";

const seen = { revision: 3, stage: "reported" };
const refused = (status: number, said: Record<string, unknown> = {}): Outcome<CaseAnswer> => ({ kind: "refused", problem: { status, title: "", detail: "", errors: {}, said, retryAfter: undefined } });
const gone: Outcome<CaseAnswer> = { kind: "unreachable", why: "gone" };
const done = (revision: number): Outcome<CaseAnswer> => ({ kind: "ok", value: { id: "c1", revision, stage: "accepted" } as CaseAnswer, etag: undefined, status: 200 });

let keys = 0;
beforeEach(() => { keys = 0; });

/** A window with a person's steps and a server that answers as told, one answer a request. */
function room(answers: Outcome<CaseAnswer>[], kept = new FakeKept()) {
  const box = { now: 1_000, sent: [] as Attempt[], endings: [] as Ending[], timers: [] as { ms: number; run: () => void }[], kept };
  const make = (): Attempts => {
    const one = new Attempts("o-1", {
      storage: () => kept,
      send: async (attempt) => {
        box.sent.push(attempt);
        return answers.shift() ?? await new Promise<never>(() => {});
      },
      now: () => box.now,
      after: (ms, run) => {
        const timer = { ms, run };
        box.timers.push(timer);
        return () => void box.timers.splice(box.timers.indexOf(timer), 1);
      },
      newKey: () => `key-${++keys}`,
    });
    one.on({ ended: (_attempt, ending) => box.endings.push(ending) });
    return one;
  };
  return { box, make, one: make() };
}

describe("Attempts", () => {
  it("shows the step as taken at once and confirms it with the answer", async () => {
    const { one, box } = room([done(4)]);
    expect(one.take("c1", "accept", { note: "x" }, seen, "accepted")).toBe(true);
    expect(one.of("c1")).toMatchObject({ step: "accept", from: "reported", to: "accepted", state: "sending", revision: 3 });
    await vi.waitFor(() => expect(box.endings).toMatchObject([{ kind: "done", case: { revision: 4 } }]));
    expect(one.of("c1")).toBeUndefined();
    expect(box.kept.length).toBe(0);
  });

  it("keeps the stage where the step keeps it", () => {
    const { one } = room([]);
    one.take("c1", "escalate", {}, seen, undefined);
    expect(one.of("c1")?.to).toBe("reported");
  });

  it("sends one step a case at a time", () => {
    const { one, box } = room([]);
    one.take("c1", "accept", {}, seen, "accepted");
    expect(one.take("c1", "reject", {}, seen, "rejected")).toBe(false);
    expect(one.take("c2", "accept", {}, seen, "accepted")).toBe(true);
    expect(box.sent.map((attempt) => attempt.case)).toEqual(["c1", "c2"]);
  });

  it("does not know what nobody answered, and asks again with the same key, ever less often", async () => {
    const { one, box } = room([gone, refused(502), refused(500), done(4)]);
    one.take("c1", "accept", {}, seen, "accepted");
    for (const ms of [1_000, 2_000, 4_000]) {
      await vi.waitFor(() => expect(box.timers).toHaveLength(1));
      expect(one.of("c1")?.state).toBe("unknown");
      expect(box.timers[0]!.ms).toBe(ms);
      box.timers.shift()!.run();
    }
    await vi.waitFor(() => expect(box.endings).toMatchObject([{ kind: "done" }]));
    expect(new Set(box.sent.map((attempt) => attempt.key))).toEqual(new Set(["key-1"]));
    expect(box.sent).toHaveLength(4);
  });

  it("asks at once when the network is back", async () => {
    const { one, box } = room([gone, done(4)]);
    one.take("c1", "accept", {}, seen, "accepted");
    await vi.waitFor(() => expect(box.timers).toHaveLength(1));
    one.wake();
    expect(box.timers).toHaveLength(0);
    await vi.waitFor(() => expect(box.endings).toMatchObject([{ kind: "done" }]));
  });

  it("asks again after a reload, with the same key, body and revision", async () => {
    const kept = new FakeKept();
    room([], kept).one.take("c1", "accept", { note: "half" }, seen, "accepted");
    const { box, one } = room([done(4)], kept);
    expect(one.of("c1")?.step).toBe("accept");
    one.start();
    await vi.waitFor(() => expect(box.endings).toMatchObject([{ kind: "done" }]));
    expect(box.sent).toMatchObject([{ key: "key-1", body: { note: "half" }, revision: 3 }]);
  });

  it("rolls back where somebody was first, with what they did", async () => {
    const lastStep = { number: 2, at: "2026-01-05T09:00:00Z", what: "reject", grid: "g", by: { id: "o-2", role: "officer" } };
    const { one, box } = room([refused(412, { case: { id: "c1", revision: 4, stage: "rejected" }, lastStep })]);
    one.take("c1", "accept", {}, seen, "accepted");
    await vi.waitFor(() => expect(box.endings).toEqual([{ kind: "conflict", case: { id: "c1", revision: 4, stage: "rejected" }, lastStep }]));
    expect(one.of("c1")).toBeUndefined();
  });

  it("rolls back a refusal, and takes the same again with the same key where that helps", async () => {
    const { one, box } = room([refused(503), refused(422), done(4)]);
    one.take("c1", "accept", { note: "x" }, seen, "accepted");
    await vi.waitFor(() => expect(box.endings).toMatchObject([{ kind: "refused", again: true }]));
    one.take("c1", "accept", { note: "x" }, seen, "accepted");
    await vi.waitFor(() => expect(box.endings).toHaveLength(2));
    expect(box.endings[1]).toMatchObject({ kind: "refused", again: false });
    one.take("c1", "accept", { note: "x" }, seen, "accepted");
    expect(box.sent.map((attempt) => attempt.key)).toEqual(["key-1", "key-1", "key-2"]);
  });

  it("takes another text for another attempt", async () => {
    const { one, box } = room([refused(503)]);
    one.take("c1", "accept", { note: "x" }, seen, "accepted");
    await vi.waitFor(() => expect(box.endings).toHaveLength(1));
    one.take("c1", "accept", { note: "y" }, seen, "accepted");
    expect(box.sent.map((attempt) => attempt.key)).toEqual(["key-1", "key-2"]);
  });

  it("gives up after a day", async () => {
    const { one, box } = room([gone, gone]);
    one.take("c1", "accept", {}, seen, "accepted");
    await vi.waitFor(() => expect(box.timers).toHaveLength(1));
    box.now += 24 * 3_600_000 + 1;
    box.timers.shift()!.run();
    await vi.waitFor(() => expect(box.endings).toEqual([{ kind: "given-up" }]));
  });

  it("starts anew where what was kept cannot be read", () => {
    const kept = new FakeKept();
    kept.setItem("situational.attempts.o-1/key-1", "no json");
    kept.setItem("situational.attempts.o-1/key-2", '{"key":1}');
    expect([...room([], kept).one.all]).toEqual([]);
  });
});

describe("Attempts of two windows", () => {
  it("are all kept, whichever window wrote last", () => {
    const kept = new FakeKept();
    const [{ one }, { one: other }] = [room([], kept), room([], kept)];
    one.take("c1", "accept", {}, seen, "accepted");
    other.take("c2", "verify", {}, seen, "verified");
    expect([...room([], kept).one.all].map((attempt) => attempt.case)).toEqual(["c1", "c2"]);
  });

  it("show in the other window, and end there with the answer", async () => {
    const kept = new FakeKept();
    const [{ one }, { one: other, box }] = [room([gone, done(4)], kept), room([], kept)];
    one.take("c1", "accept", {}, seen, "accepted");
    other.follow();
    expect(other.of("c1")).toMatchObject({ step: "accept", to: "accepted" });
    await vi.waitFor(() => expect(one.of("c1")?.state).toBe("unknown"));
    other.follow();
    expect(other.of("c1")?.state).toBe("unknown");
    one.wake();
    await vi.waitFor(() => expect(one.of("c1")).toBeUndefined());
    other.follow();
    expect(other.of("c1")).toBeUndefined();
    expect(box.endings).toEqual([{ kind: "elsewhere" }]);
    expect(box.timers).toHaveLength(0);
    expect(box.sent).toHaveLength(0);
  });

  it("are seen to the end by the other where one is closed, with the same key", async () => {
    const kept = new FakeKept();
    const [{ one }, { one: other, box }] = [room([], kept), room([done(4)], kept)];
    one.take("c1", "accept", {}, seen, "accepted");
    other.follow();
    expect(box.timers.map(({ ms }) => ms)).toEqual([30_000]);
    box.timers.shift()!.run();
    await vi.waitFor(() => expect(box.endings).toMatchObject([{ kind: "done" }]));
    expect(box.sent.map((attempt) => attempt.key)).toEqual(["key-1"]);
    expect(kept.length).toBe(0);
  });

  it("with one case are both seen to their end", async () => {
    const kept = new FakeKept();
    const [{ one, box }, { one: other }] = [room([done(4)], kept), room([], kept)];
    one.take("c1", "accept", {}, seen, "accepted");
    other.take("c1", "reject", {}, seen, "rejected");
    await vi.waitFor(() => expect(box.endings).toMatchObject([{ kind: "done" }]));
    expect(one.of("c1")?.step).toBe("reject");
    expect(kept.length).toBe(1);
  });

  it("stand on where the storage is emptied, and where it has no room", () => {
    const kept = new FakeKept();
    const { one } = room([], kept);
    one.take("c1", "accept", {}, seen, "accepted");
    kept.values.clear();
    one.follow(true);
    expect(kept.length).toBe(1);
    kept.full = true;
    one.take("c2", "accept", {}, seen, "accepted");
    one.follow();
    expect(one.of("c2")?.step).toBe("accept");
  });
});
