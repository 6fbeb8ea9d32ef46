import { describe, expect, it } from "vitest";
import { type Change, type Frame, parseFrame, type Picture } from "../feed";
import { delta, grid, hazard, snapshot } from "../feed/frames.testing";
import { type Phase, Player, type Speed, stepOf } from "./player";
import { PastError, type PastSource } from "./source";

const begin = 1_000_000_000_000;
const settled = async (): Promise<void> => { for (let i = 0; i < 40; i++) await Promise.resolve(); };

/** A past in which a case comes with every whole second; windows wait until a test lets them go. */
class FakePast implements PastSource {
  readonly asked: { from: number; to: number; frames: number; signal: AbortSignal }[] = [];
  readonly seeks: number[] = [];
  held = false;
  fault: Error | undefined;
  private release: () => void = () => {};

  letGo(): void {
    this.held = false;
    this.release();
  }

  marks(): Promise<never> {
    throw new Error("The player asks for no marks.");
  }

  async snapshot(_area: string, at: number): Promise<Frame> {
    this.seeks.push(at);
    if (this.fault) throw this.fault;
    return this.whole(at, `seek-${at}`);
  }

  async *play(_area: string, from: number, to: number, frames: number, signal: AbortSignal): AsyncIterable<Frame> {
    this.asked.push({ from, to, frames, signal });
    const epoch = `e-${this.asked.length}`;
    if (this.held) await new Promise<void>((done) => { this.release = done; });
    if (this.fault) throw this.fault;
    yield this.whole(from, epoch);
    for (let i = 1; i <= frames; i++) {
      const at = Math.round(from + ((to - from) * i) / frames);
      yield parseFrame(delta(i, { grids: [grid("g1", 1 + i)], cases: [hazard(`c-${at}`)] }, [grid("g1", 1 + i)], { epoch, at }));
    }
  }

  private whole(at: number, epoch: string): Frame {
    return parseFrame(snapshot(1, { grids: [grid("g1", 1)], cases: [hazard("c-0")] }, { epoch, at }));
  }
}

class Screen {
  readonly source = new FakePast();
  readonly frames: { at: number; whole: boolean; change: Change }[] = [];
  readonly phases: Phase[] = [];
  readonly faults: PastError[] = [];
  readonly timers: { at: number; run: () => void }[] = [];
  arrived = 0;
  now = 0;
  live = begin + 7 * 86_400_000;
  readonly player = new Player(this.source, {
    now: () => this.now, live: () => this.live, area: () => "",
    after: (ms, run) => {
      const timer = { at: this.now + ms, run };
      this.timers.push(timer);
      return () => { this.timers.splice(this.timers.indexOf(timer) >>> 0, 1); };
    },
  }, {
    show: (picture: Picture, change: Change) => this.frames.push({ at: picture.at - begin, whole: change.whole, change }),
    phase: (phase, fault) => {
      this.phases.push(phase);
      if (fault) this.faults.push(fault);
    },
    arrived: () => this.arrived++,
  });

  /** Lets time go by as a page does, a tenth of a second at a time. */
  async pass(ms: number): Promise<void> {
    for (let gone = 0; gone < ms; gone += 100) {
      this.now += 100;
      this.live += 100;
      for (const timer of this.timers.filter(({ at }) => at <= this.now)) {
        this.timers.splice(this.timers.indexOf(timer), 1);
        timer.run();
      }
      this.player.tick();
      await settled();
    }
  }

  get times(): number[] {
    return this.frames.map(({ at }) => at);
  }
}

async function playing(speed: Speed): Promise<Screen> {
  const screen = new Screen();
  screen.player.setSpeed(speed);
  await screen.player.seek(begin);
  screen.player.play();
  return screen;
}

describe("Player", () => {
  it("shows a moment whole, and stands there", async () => {
    const screen = new Screen();
    await screen.player.seek(begin);
    await screen.pass(5_000);

    expect(screen.times).toEqual([0]);
    expect(screen.frames[0]!.whole).toBe(true);
    expect(screen.phases).toEqual(["loading", "paused"]);
    expect(screen.player.at).toBe(begin);
    expect(screen.source.asked).toEqual([]);
  });

  it.each([1, 10, 60, 600] as const)("lets every frame pass at its time at %i×, over the borders of windows", async (speed) => {
    const screen = await playing(speed);
    await screen.pass(40_000);

    const step = stepOf(speed);
    const reached = screen.times.at(-1)!;
    // No frame is left out, none comes twice but for the one where two windows meet, and the pace is that of the speed.
    expect([...new Set(screen.times)]).toEqual(Array.from({ length: reached / step + 1 }, (_, at) => at * step));
    expect(screen.times).toEqual([...screen.times].sort((a, b) => a - b));
    expect(reached).toBeGreaterThan(speed * 39_000 - 2 * step);
    expect(reached).toBeLessThanOrEqual(speed * 40_000);
    // Windows follow each other without a gap.
    screen.source.asked.slice(1).forEach((window, at) => expect(window.from).toBe(screen.source.asked[at]!.to));
    expect(screen.source.asked.length).toBeGreaterThan(2);
    expect(screen.phases).not.toContain("failed");
  });

  it("draws nothing anew where two windows meet", async () => {
    const screen = await playing(10);
    await screen.pass(30_000);

    const twice = screen.frames.filter(({ at }, place) => screen.frames[place - 1]?.at === at && at > 0);
    expect(twice.length).toBeGreaterThan(0);
    for (const { whole, change } of twice) {
      expect(whole).toBe(false);
      expect(change.grids).toEqual([]);
    }
  });

  it("stands still when it is stopped within a window, and goes on from there", async () => {
    const screen = await playing(10);
    await screen.pass(3_050);
    screen.player.pause();
    const [at, shown] = [screen.player.at, screen.times.length];
    await screen.pass(60_000);
    expect(screen.times.length).toBe(shown);
    expect(screen.player.at).toBe(at);

    screen.player.play();
    await screen.pass(2_000);
    expect(screen.player.at).toBeGreaterThan(at);
    expect(screen.player.at).toBeLessThanOrEqual(at + 20_000);
    expect([...new Set(screen.times)]).toEqual(Array.from({ length: screen.times.at(-1)! / 2_000 + 1 }, (_, step) => step * 2_000));
  });

  it("waits for a window that is late, and does not catch up", async () => {
    const screen = await playing(60);
    screen.source.held = true;
    await screen.pass(5_000);
    expect(screen.player.phase).toBe("waiting");
    expect(screen.player.at).toBe(begin);

    screen.source.letGo();
    await screen.pass(1_000);
    expect(screen.player.phase).toBe("playing");
    expect(screen.player.at).toBeLessThanOrEqual(begin + 66_000);
  });

  it("steps from frame to frame, and back by a step", async () => {
    const screen = new Screen();
    await screen.player.seek(begin);
    screen.player.step(1);
    await settled();
    screen.player.step(1);
    await settled();
    expect(screen.player.at).toBe(begin + 2_000);
    expect(screen.player.phase).toBe("paused");

    screen.player.step(-1);
    await settled();
    expect(screen.source.seeks.at(-1)).toBe(begin + 1_000);
    expect(screen.player.at).toBe(begin + 1_000);
  });

  it("reads anew at another speed, from what is shown", async () => {
    const screen = await playing(600);
    await screen.pass(2_000);
    const at = screen.times.at(-1)!;
    const windows = screen.source.asked.length;
    screen.player.setSpeed(1);
    expect(screen.source.asked[windows - 1]!.signal.aborted).toBe(true);
    await screen.pass(3_000);

    expect(screen.source.asked[windows]!.from).toBe(begin + at);
    expect(screen.times.at(-1)!).toBeLessThanOrEqual(at + 3_000);
  });

  it("forgets what it read when it is led elsewhere", async () => {
    const screen = await playing(10);
    screen.source.held = true;
    await screen.pass(1_000);
    const first = screen.source.asked[0]!;
    const seek = screen.player.seek(begin + 3_600_000);
    screen.source.letGo();
    await seek;
    await settled();

    expect(first.signal.aborted).toBe(true);
    expect(screen.times).toEqual([0, 3_600_000]);
    expect(screen.frames[1]!.whole).toBe(true);
  });

  it("arrives in the present once, and asks for nothing that is not past", async () => {
    const screen = await playing(60);
    screen.live = begin + 300_000;
    await screen.pass(20_000);

    expect(screen.arrived).toBe(1);
    for (const { to } of screen.source.asked) expect(to).toBeLessThan(screen.live);
    expect(screen.live - (begin + screen.times.at(-1)!)).toBeLessThan(20_000);
  });

  it("says why it failed, and tries again when it is asked to", async () => {
    const screen = await playing(10);
    screen.source.fault = new PastError("away", "gone");
    await screen.pass(1_000);
    expect(screen.player.phase).toBe("failed");
    expect(screen.faults.map(({ kind }) => kind)).toEqual(["away"]);
    expect(screen.player.isPlaying).toBe(false);

    screen.source.fault = undefined;
    screen.player.retry();
    await settled();
    expect(screen.player.phase).toBe("paused");
  });

  it("asks again by itself when the server has too much to do", async () => {
    const screen = await playing(10);
    screen.source.fault = new PastError("busy", "wait", undefined, 1_000);
    await screen.pass(2_500);
    expect(screen.player.phase).toBe("waiting");
    screen.source.fault = undefined;
    await screen.pass(3_000);
    expect(screen.player.phase).toBe("playing");
    expect(screen.faults).toEqual([]);
  });
});
