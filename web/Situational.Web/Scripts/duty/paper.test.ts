import { expect, it } from "vitest";
import { Texts } from "../page/texts";
import { paperWords } from "./paper";

it.each([
  ["en", "300", 300, false, "300 cases"],
  ["en", "1,234", 1_234, false, "1,234 cases · only the first 300 are on this paper"],
  ["en", "12", 12, true, "12 cases · filtered"],
  ["zh-CN", "1,234", 1_234, true, "1,234 件 · 已按条件筛选 · 纸上只有前 300 件"],
] as const)("in %s says of %s rows what is on paper", (language, count, length, filtered, words) =>
  expect(paperWords({ count, length, most: 300, filtered }, new Texts(language, "UTC"))).toBe(words));
