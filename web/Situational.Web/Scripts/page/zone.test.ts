import { describe, expect, it } from "vitest";
import { instantOf, localOf } from "./zone";

describe("a moment as a place's clock shows it", () => {
  it.each([["Asia/Shanghai", "2026-01-06T08:30", "2026-01-06T00:30:00Z"], ["America/New_York", "2026-07-01T00:00", "2026-07-01T04:00:00Z"], ["UTC", "2026-02-28T23:59", "2026-02-28T23:59:00Z"]])(
    "goes there and back in %s", (zone, local, instant) => {
      expect(instantOf(local, zone)).toBe(Date.parse(instant));
      expect(localOf(Date.parse(instant), zone)).toBe(local);
    });

  it("takes the first of an hour that comes twice, and none before one that is left out", () => {
    expect(instantOf("2026-11-01T01:30", "America/New_York")).toBe(Date.parse("2026-11-01T05:30:00Z"));
    const skipped = instantOf("2026-03-08T02:30", "America/New_York")!;
    expect(localOf(skipped, "America/New_York")).toMatch(/^2026-03-08T0[13]:30$/);
  });

  it("is none of what is no time", () => {
    expect(instantOf("", "UTC")).toBeUndefined();
    expect(instantOf("2026-02-30T00:00", "UTC")).toBeUndefined();
  });

  it("speaks the screen's time where there is no zone", () => {
    const at = Date.UTC(2026, 5, 1, 12, 34);
    expect(instantOf(localOf(at))).toBe(at);
  });
});
