import { describe, expect, it, vi } from "vitest";
import { Texts } from "./texts";

describe("Texts", () => {
  it("speaks the page's language, zh-CN for any other", () => {
    expect(new Texts("en").get("badge.live")).toBe("Live");
    expect(new Texts("zh-CN").get("badge.live")).toBe("实时");
    expect(new Texts("fr").get("badge.live")).toBe("实时");
  });

  it("does not start without the words of its language", async () => {
    vi.resetModules();
    const { loadWords, Texts: Fresh } = await import("./texts");
    await loadWords("en");
    expect(new Fresh("en-GB").get("badge.live")).toBe("Live");
    expect(() => new Fresh("zh-CN")).toThrow("not loaded");
  });

  it("fills in values as text", () => {
    expect(new Texts("en").get("lost.since", { time: "14:05:22" })).toBe("since 14:05:22");
  });

  it("tells the time in the zone of the settings, in 24 hours", () => {
    expect(new Texts("en", "Asia/Shanghai").time(Date.UTC(2026, 0, 1, 16, 3, 4))).toBe("00:03:04");
  });

  it.each([[0, "0.0 s"], [9_900, "9.9 s"], [9_960, "10 s"], [99_000, "99 s"], [100_000, "2 min"], [6_000_000, "2 h"]])("writes %d ms as %s", (ms, words) => {
    expect(new Texts("en").age(ms)).toBe(words);
  });

  it.each([[0, "0.0 %"], [1, "100.0 %"], [0.9999, "99.9 %"], [0.0001, "0.1 %"], [35 / 36, "97.2 %"]])("writes the share %d as %s", (share, words) => {
    expect(new Texts("en").percent(share)).toBe(words);
  });

  it("has no words for codes it does not know", () => {
    expect(new Texts("en").among("event", "constructor")).toBeUndefined();
    expect(new Texts("en").among("trouble", "store-away")).toBeTypeOf("string");
  });
});
