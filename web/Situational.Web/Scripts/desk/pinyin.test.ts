import { describe, expect, it } from "vitest";
import { Pinyin } from "./pinyin";

describe("Pinyin", () => {
  const pinyin = new Pinyin();

  it.each([
    ["深圳", "sz"], ["光明区", "gmq"], ["马田街道", "mtjd"], ["合水口社区", "hsksq"], ["薯田埔", "stb"], ["公明", "gm"], ["将石", "js"], ["玉塘", "yt"], ["凤凰", "fh"], ["新湖", "xh"],
    ["上海市", "shs"], ["浦东新区", "pdxq"], ["徐汇", "xh"], ["静安", "ja"], ["闵行", "mx"], ["鄂尔多斯", "eeds"], ["阿坝", "ab"], ["欧阳", "oy"], ["日喀则", "rkz"], ["文昌", "wc"], ["哈尔滨", "heb"],
    ["柯城", "kc"], ["拉萨", "ls"], ["南宁", "nn"], ["七里河", "qlh"], ["屯溪", "tx"], ["三亚", "sy"],
  ])("of %s is %s", (name, initials) => expect(pinyin.initials(name)).toBe(initials));

  it("takes letters and digits as they are and leaves out the rest", () => expect(pinyin.initials("网格 03（B 区）")).toBe("wg03bq"));

  it("says nothing of other scripts", () => expect(pinyin.initials("Ωд한")).toBe(""));
});
