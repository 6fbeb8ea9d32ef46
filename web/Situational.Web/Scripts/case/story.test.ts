import { expect, it } from "vitest";
import { Names } from "../page/names";
import { Places } from "../page/places";
import { Texts } from "../page/texts";
import { CaseFile } from "./case-file";
import { Catalogue } from "./catalogue";
import { Story } from "./story";
import { CaseWords } from "./words";

const now = Date.UTC(2026, 0, 5, 9);

it("says on paper that what happened was not read yet, and nothing of it once it is", () => {
  const texts = new Texts("zh-CN", "Asia/Shanghai");
  const story = new Story(new CaseWords(texts, new Names("{}"), new Places(texts), new Catalogue("zh-CN"), () => undefined, { id: "o" }), () => {});
  const file = new CaseFile("c1", { read: () => Promise.reject(new Error("unasked")), changed: () => {} });
  const note = story.root.querySelector<HTMLElement>(".quiet")!;
  story.show(file, now);
  expect([note.textContent, note.dataset["paper"]]).toEqual(["正在读取", "打印时尚未读到，不在纸上"]);

  file.historyState = "ready";
  file.events = [{ number: 1, at: "2026-01-05T08:30:00Z", grid: "g1", what: "opened" }];
  story.show(file, now);
  expect([note.hidden, note.dataset["paper"]]).toEqual([true, undefined]);
});
