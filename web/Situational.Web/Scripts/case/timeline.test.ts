import { describe, expect, it } from "vitest";
import { Names } from "../page/names";
import { Places } from "../page/places";
import { Texts } from "../page/texts";
import { Catalogue } from "./catalogue";
import { cellsOf } from "./musters";
import { eventsUpTo, linesOf } from "./timeline";
import type { CaseEvent, MusterAnswer } from "./wire";
import { CaseWords } from "./words";

const now = Date.UTC(2026, 0, 5, 9);
function words(language: string): CaseWords {
  const texts = new Texts(language, "Asia/Shanghai");
  return new CaseWords(texts, new Names('{"categories":[["fire","火情"]],"whistles":[["emergency","应急处置哨"]]}'), new Places(texts), new Catalogue(texts.language), (unit) => unit === "u1" ? "巡001" : undefined, { id: "o-me" });
}
const line = (event: Omit<CaseEvent, "number" | "at" | "grid">, language = "zh-CN") => linesOf([{ number: 1, at: "2026-01-05T08:30:00Z", grid: "g1", ...event }], words(language), now)[0]!;

describe("what happened, in words", () => {
  it("says who did what in which role, and what they wrote", () => {
    expect(line({ what: "dispatch", by: { id: "o-li", role: "officer" }, assignee: { kind: "unit", id: "u1" }, note: "快去" }))
      .toMatchObject({ title: "派遣", who: "o-li（值班员）", details: ["派给 巡001 (u1)"], said: ["快去"], mark: "step" });
    expect(line({ what: "reject", by: { id: "o-me", role: "officer" }, reason: "duplicate" }, "en")).toMatchObject({ title: "Reject", who: "o-me (me)", said: ["duplicate"] });
  });

  it("tells of a reporter only the role", () => {
    expect(line({ what: "opened", by: { role: "reporter" }, stage: "reported" })).toMatchObject({ title: "上报", who: "上报人" });
  });

  it("says whether deadlines were met", () => {
    const { deadlines } = line({ what: "hand-in", deadlines: [{ kind: "handle", limit: "4 working-hours", dueAt: "2026-01-05T08:00:00Z", met: false }, { kind: "verify", limit: "1 working-day", dueAt: "2026-01-06T08:00:00Z", met: true }] });
    expect(deadlines).toEqual([{ met: false, words: "处置超时（时限 4 工作时）" }, { met: true, words: "核查按时（时限 1 工作日）" }]);
  });

  it("says which clock ran out, and that it was noticed late", () => {
    const clock = { kind: "accept", limit: "5 minutes", startedAt: "2026-01-05T08:00:00Z", dueAt: "2026-01-05T08:05:00Z", level: "overdue", stopped: false };
    expect(line({ what: "deadline", by: { role: "system" }, clock, fellAt: "2026-01-05T08:05:00Z", late: true }, "en"))
      .toMatchObject({ mark: "deadline", title: "Acceptance: Overdue", who: "System", details: ["limit 5 minutes, due 16:05", "fell 16:05, noticed later"] });
  });

  it("tells whistles and musters by their names", () => {
    expect(line({ what: "whistle", kind: "emergency", departments: ["police", "fire"], by: { id: "o-li", role: "officer" } })).toMatchObject({ title: "吹哨：应急处置哨", details: ["召集 police、fire"] });
    expect(line({ what: "muster", departments: ["police"], muster: "arrived", by: { id: "police", role: "department" } })).toMatchObject({ title: "police：已到场", who: "police" });
  });

  it("shows what it has no words for as it came", () => {
    expect(line({ what: "something-new" }).title).toBe("something-new");
  });
});

describe("what had happened by a moment", () => {
  it("leaves out what happened later, and keeps what happened just then", () => {
    const events = ["08:00:00", "08:30:00", "09:00:00"].map((time, at): CaseEvent => ({ number: at + 1, at: `2026-01-05T${time}Z`, grid: "g1", what: "accept" }));
    const numbers = (until: number | undefined): number[] => eventsUpTo(events, until).map(({ number }) => number);
    expect(numbers(undefined)).toEqual([1, 2, 3]);
    expect(numbers(Date.UTC(2026, 0, 5, 8, 30))).toEqual([1, 2]);
    expect(numbers(Date.UTC(2026, 0, 5, 7))).toEqual([]);
  });
});

describe("the muster board", () => {
  const muster: MusterAnswer = {
    department: "police", state: "acknowledged", notifiedAt: "2026-01-05T08:50:00Z", acknowledgedAt: "2026-01-05T08:55:00Z",
    clocks: [{ kind: "arrive", limit: "30 minutes", startedAt: "2026-01-05T08:50:00Z", dueAt: "2026-01-05T09:20:00Z", level: "none", stopped: false },
      { kind: "solve", limit: "2 calendar-days", startedAt: "2026-01-05T08:50:00Z", dueAt: "2026-01-05T08:59:00Z", level: "overdue", stopped: false }],
  };

  it("says when a state was reached, or how long is left to", () => {
    expect(cellsOf(muster, words("zh-CN"), now)).toEqual([
      { words: "16:55", level: -1 }, { words: "–", level: 0 }, { words: "剩 20 分", level: 0 }, { words: "超时 1 分", level: 2 },
    ]);
  });

  it("does not take a refusal for done", () => {
    expect(cellsOf({ ...muster, state: "refused", endedAt: "2026-01-05T08:56:00Z", clocks: [] }, words("zh-CN"), now)[3]).toEqual({ words: "–", level: 0 });
  });
});

describe("CaseWords", () => {
  it.each([[59_000, "59 秒"], [60_000, "1 分"], [3_600_000, "1 小时"], [3_660_000, "1 小时 1 分"], [90_000_000, "1 天 1 小时"]])("writes %d ms as %s", (ms, said) => {
    expect(words("zh-CN").span(ms)).toBe(said);
  });

  it("says why a step cannot be taken", () => {
    const en = words("en");
    expect(en.obstacle({ kind: "stage", from: ["accepted", "returned"] }, "reported")).toBe('The stage is "Reported"; this step is possible from: Accepted, Returned');
    expect(en.obstacle({ kind: "role", roles: ["officer", "system"] }, "reported")).toBe("To be done by: Duty officer");
    expect(en.obstacle({ kind: "condition", condition: "not-own-result" }, "handled")).toBe("Your own result is for somebody else to judge");
    expect(en.obstacle({ kind: "condition", condition: "unheard-of" }, "handled")).toBe("The case as it stands does not allow it");
  });

  it("names the day where it is not today", () => {
    expect(words("en").moment(now, now)).toBe("17:00");
    expect(words("en").moment(now - 86_400_000, now)).toMatch(/Jan 4.* 17:00/);
  });
});
