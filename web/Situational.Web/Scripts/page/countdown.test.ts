import { describe, expect, it } from "vitest";
import { countdownOf } from "./countdown";
import { Texts } from "./texts";

const now = 1_795_334_400_000;
const texts = new Texts("en", "UTC");

describe("countdownOf", () => {
  it.each([
    [now + 90_000, 0, "calm", "01:30 left"],
    [now + 2 * 3_600_000 + 14 * 60_000 + 5_000, 0, "calm", "2:14:05 left"],
    [now + 3 * 86_400_000 + 4 * 3_600_000, 0, "calm", "3 d 4 h left"],
    [now + 59_999, 1, "approaching", "01:00 left"],
    [now, 1, "approaching", "due now"],
    [now - 5_000, 0, "approaching", "due now"],
    [now - 65_000, 2, "overdue", "OVERDUE 01:05"],
    [now - 49 * 3_600_000, 3, "twice", "OVERDUE ×2 2 d 1 h"],
    [now + 5_000, 2, "overdue", "OVERDUE"],
    [0, 2, "overdue", "OVERDUE"],
    [0, 0, "none", "—"],
  ] as const)("of %i at level %i is %s, in words %s", (dueAt, level, state, words) =>
    expect(countdownOf({ dueAt, level }, now, texts)).toEqual({ state, words }));

  it("speaks Chinese", () => expect(countdownOf({ dueAt: now - 65_000, level: 2 }, now, new Texts("zh-CN", "UTC")).words).toBe("超时 01:05"));

  it("writes the duration as its place asks", () =>
    expect(countdownOf({ dueAt: now + 90_000, level: 0 }, now, texts, (ms) => `${ms} ms`).words).toBe("90000 ms left"));
});
