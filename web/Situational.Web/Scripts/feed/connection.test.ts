import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Attempt, type Ended, Feed, type Link, type WatchRequest } from "./connection";
import { beat, delta, grid, snapshot } from "./frames.testing";

/** A network and a clock in the test's hand. */
class World {
  time = 0;
  readonly attempts: { request: WatchRequest; item: (value: unknown) => void; ended: (why: Ended) => void; dropped: boolean }[] = [];
  readonly links: Link[] = [];
  readonly pictures: number[] = [];
  fault: Error | undefined;
  private timers: { due: number; run: () => void }[] = [];

  readonly feed = new Feed("city", 6_000, (request, item, ended): Attempt => {
    const attempt = { request, item, ended, dropped: false };
    this.attempts.push(attempt);
    return { drop: () => { attempt.dropped = true; } };
  }, {
    picture: (picture) => {
      this.pictures.push(picture.revision);
      if (this.fault) throw this.fault;
    },
    link: (link) => this.links.push(link),
  }, {
    now: () => this.time,
    random: () => 0.5,
    after: (ms, run) => {
      const timer = { due: this.time + ms, run };
      this.timers.push(timer);
      return () => { this.timers = this.timers.filter((other) => other !== timer); };
    },
  });

  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = next.due;
      next.run();
    }
    this.time = end;
  }

  get last() {
    const attempt = this.attempts.at(-1);
    if (!attempt) throw new Error("no attempt");
    return attempt;
  }

  get waiting(): number {
    return this.timers.length;
  }
}

const g1 = [grid("g1", 1)];

describe("Feed", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    vi.spyOn(console, "info").mockImplementation(() => {});
    vi.spyOn(console, "warn").mockImplementation(() => {});
    world.feed.start();
  });

  it("asks for the whole picture first and shows it", () => {
    expect(world.last.request).toEqual({ area: "city", units: "all" });
    world.last.item(snapshot(3, { grids: g1 }));
    expect(world.pictures).toEqual([3]);
    expect(world.feed.link).toBe("watching");
  });

  it("reports what fails in showing a frame, and stays in step", () => {
    const report = vi.fn();
    vi.stubGlobal("reportError", report);
    world.fault = new Error("no");
    world.last.item(snapshot(3, { grids: g1 }));
    world.last.item(beat(3, g1));
    vi.unstubAllGlobals();

    expect(report.mock.calls).toEqual([[world.fault], [world.fault]]);
    expect(world.attempts).toHaveLength(1);
    expect(world.feed.link).toBe("watching");
  });

  it("comes back with where it stood after the socket ended", () => {
    world.last.item(snapshot(3, { grids: g1 }));
    world.last.ended({ refused: false, detail: "" });
    expect(world.feed.link).toBe("waiting");
    world.pass(1_000);
    expect(world.attempts).toHaveLength(2);
    expect(world.last.request.since).toEqual({ epoch: "e1", revision: 3 });
  });

  // Fault 9
  it("drops a socket that says nothing for the limit, and reconnects", () => {
    world.last.item(snapshot(3, { grids: g1 }));
    world.pass(5_999);
    expect(world.attempts[0]?.dropped).toBe(false);
    world.pass(1);
    expect(world.attempts[0]?.dropped).toBe(true);
    world.pass(1_000);
    expect(world.attempts).toHaveLength(2);
  });

  it("stays while beats come", () => {
    world.last.item(snapshot(3, { grids: g1 }));
    for (let n = 0; n < 100; n++) {
      world.pass(2_000);
      world.last.item(beat(3, g1));
    }
    expect(world.attempts).toHaveLength(1);
  });

  it("watches anew without a cursor when the digest is wrong, and not in a tight loop", () => {
    world.last.item(snapshot(3, { grids: g1 }));
    world.last.item(delta(3, { grids: [grid("g1", 2)] }, g1));
    expect(world.attempts).toHaveLength(2);
    expect(world.last.request.since).toBeUndefined();
    world.last.item(snapshot(4, { grids: g1 }, { digest: "DEADBEEF" }));
    expect(world.attempts).toHaveLength(2);
    expect(world.feed.link).toBe("waiting");
    world.pass(5_000);
    expect(world.attempts).toHaveLength(3);
  });

  it("watches anew after what cannot be read", () => {
    world.last.item(snapshot(3, { grids: g1 }));
    world.last.item({ kind: "snapshot" });
    expect(world.attempts).toHaveLength(2);
  });

  // Fault 9
  it("never gives up, and asks at least every 4 s", () => {
    for (let n = 0; n < 500; n++) {
      world.last.ended({ refused: false, detail: "down" });
      const before = world.attempts.length;
      world.pass(4_000);
      expect(world.attempts.length).toBe(before + 1);
    }
  });

  it("keeps no timers behind while it comes and goes", () => {
    for (let n = 0; n < 200; n++) {
      world.last.item(snapshot(n + 1, { grids: g1 }));
      world.last.ended({ refused: false, detail: "down" });
      world.pass(4_000);
    }
    expect(world.waiting).toBeLessThanOrEqual(2);
  });

  it("keeps the code that the server refused with until another end or a frame", () => {
    world.last.ended({ refused: false, code: "unknown-area", detail: "" });
    expect([world.feed.link, world.feed.fault]).toEqual(["waiting", "unknown-area"]);
    world.pass(1_000);
    expect([world.feed.link, world.attempts.length]).toEqual(["connecting", 2]);
    expect(world.feed.fault).toBe("unknown-area");
    world.last.ended({ refused: false, detail: "down" });
    expect(world.feed.fault).toBeUndefined();
  });

  it("says that it is refused and asks again seldom", () => {
    world.last.ended({ refused: true, detail: "401" });
    expect(world.feed.link).toBe("refused");
    world.pass(7_000);
    expect(world.attempts).toHaveLength(1);
    world.pass(10_000);
    expect(world.attempts).toHaveLength(2);
  });

  it("does not sit out a pause when the network comes back", () => {
    world.last.ended({ refused: true, detail: "" });
    world.feed.wake();
    expect(world.attempts).toHaveLength(2);
  });

  it("does not disturb a socket that was heard a moment ago when woken", () => {
    world.last.item(snapshot(3, { grids: g1 }));
    world.pass(1_000);
    world.feed.wake();
    expect(world.attempts).toHaveLength(1);
    world.pass(3_000);
    world.feed.wake();
    expect(world.attempts).toHaveLength(2);
  });

  it("ignores what a dropped attempt still says", () => {
    const first = world.last;
    first.ended({ refused: false, detail: "" });
    world.pass(1_000);
    first.item(snapshot(9, { grids: g1 }));
    expect(world.pictures).toEqual([]);
  });

  it("does nothing after it was stopped", () => {
    world.feed.stop();
    world.pass(60_000);
    expect(world.attempts).toHaveLength(1);
    expect(world.waiting).toBe(0);
  });
});
