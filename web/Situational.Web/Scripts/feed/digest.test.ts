import { describe, expect, it } from "vitest";
import { format, mix } from "./digest";

describe("digest", () => {
  it("mixes a code and a revision as the server does", () => {
    // Values of Situational.Contracts.Feed.FeedDigest.
    expect(format(mix("440306001001001", 1))).toMatch(/^[0-9A-F]{8}$/);
    expect(mix("440306001001001", 1)).not.toBe(mix("440306001001001", 2));
  });

  it("tells revisions apart that differ above 32 bits", () => {
    expect(mix("a", 1)).not.toBe(mix("a", 1 + 2 ** 32));
  });

  it("pads to eight digits", () => {
    expect(format(0x0000abc1)).toBe("0000ABC1");
  });
});
