import { describe, expect, it } from "vitest";
import { troublesOf } from "./troubles";

const codes = (...of: Parameters<typeof troublesOf>): string[] => troublesOf(...of).map(({ code }) => code);

describe("The troubles of a page", () => {
  it("are the server's, and its own first", () => {
    expect(codes({ territory: 2, trouble: [{ code: "store-away", detail: "" }] }, true, 1)).toEqual(["display-fault", "territory-changing", "store-away"]);
  });

  it("name a changing territory once", () => {
    expect(codes({ territory: 2, trouble: [{ code: "territory-changing", detail: "3/80" }] }, false, 1)).toEqual(["territory-changing"]);
  });

  it("are none when shapes and rows agree, or nothing is drawn or known yet", () => {
    expect(codes({ territory: 2, trouble: [] }, false, 2)).toEqual([]);
    expect(codes({ territory: 2, trouble: [] }, false, undefined)).toEqual([]);
    expect(codes(undefined, false, 1)).toEqual([]);
  });
});
