import { describe, expect, it } from "vitest";
import { ServerClock } from "./clock";

describe("ServerClock", () => {
  it("knows nothing before the first frame", () => {
    const clock = new ServerClock();
    expect(clock.at(5)).toBeUndefined();
    expect(clock.ageOf(0, 5)).toBe(Number.POSITIVE_INFINITY);
  });

  it("takes the quickest frame as the offset", () => {
    const clock = new ServerClock();
    clock.heard(1_000_000, 500); // 300 ms on the way
    clock.heard(1_001_000, 1_210); // 10 ms on the way
    clock.heard(1_002_000, 2_400);
    expect(clock.at(3_210)).toBe(1_003_000);
    expect(clock.ageOf(1_002_000, 2_400)).toBe(190);
  });

  it("is never younger than now", () => {
    const clock = new ServerClock();
    clock.heard(1_000, 100);
    expect(clock.ageOf(5_000, 100)).toBe(0);
  });

  it("follows a server clock set forward at once and one set back within two windows", () => {
    const clock = new ServerClock(60_000);
    clock.heard(1_000_000, 0);
    clock.heard(4_600_000, 100);
    expect(clock.ageOf(4_600_000, 100)).toBe(0);
    for (let now = 1_000; now <= 125_000; now += 1_000) clock.heard(1_000_000 + now, now);
    expect(clock.ageOf(1_125_000, 125_000)).toBe(0);
  });

  it("forgets both windows after a long silence", () => {
    const clock = new ServerClock(60_000);
    clock.heard(5_000_000, 0);
    clock.heard(1_000_000, 500_000);
    expect(clock.ageOf(1_000_000, 500_000)).toBe(0);
  });
});
