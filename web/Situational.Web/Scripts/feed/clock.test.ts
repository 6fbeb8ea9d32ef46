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

  it("follows a server clock set forward at once and one set back by little within two windows", () => {
    const clock = new ServerClock(60_000);
    clock.heard(1_000_000, 0);
    clock.heard(1_004_100, 100);
    expect(clock.ageOf(1_004_100, 100)).toBe(0);
    for (let now = 1_000; now <= 125_000; now += 1_000) clock.heard(1_000_000 + now, now);
    expect(clock.ageOf(1_125_000, 125_000)).toBe(0);
  });

  it("follows one set back by much after a few frames, and not before", () => {
    const clock = new ServerClock(60_000);
    for (let now = 0; now <= 20_000; now += 1_000) clock.heard(5_000_000 + now, now);
    const ages: number[] = [];
    for (let now = 21_000; now <= 26_000; now += 1_000) {
      clock.heard(1_000_000 + now + (now % 2_000) / 10, now);
      ages.push(clock.ageOf(1_000_000 + now, now));
    }
    expect(ages.slice(0, 3).every((age) => age > 3_999_000)).toBe(true);
    expect(ages.slice(3).every((age) => age <= 100)).toBe(true);
  });

  it("does not take a stalled way for a clock set back", () => {
    const clock = new ServerClock(60_000);
    clock.heard(1_000_000, 0);
    // Ten seconds of frames come at once, then fewer and fewer late ones.
    for (let cut = 1_000; cut <= 10_000; cut += 1_000) clock.heard(1_000_000 + cut, 20_000 + cut / 100);
    for (let cut = 11_000; cut <= 16_000; cut += 1_000) clock.heard(1_000_000 + cut, 20_000 + (cut - 10_000) / 4);
    expect(clock.ageOf(1_016_000, 22_000)).toBe(6_000);
  });

  it("forgets both windows after a long silence", () => {
    const clock = new ServerClock(60_000);
    clock.heard(5_000_000, 0);
    clock.heard(1_000_000, 500_000);
    expect(clock.ageOf(1_000_000, 500_000)).toBe(0);
  });
});
