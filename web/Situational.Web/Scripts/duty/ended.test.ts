import { describe, expect, it } from "vitest";
import type { Outcome } from "../api/http";
import type { CaseDetail, CasesPage } from "./details";
import { EndedCases } from "./ended";

const one = (id: string): CaseDetail => ({ id, grid: "g1", category: "litter", severity: "blue", stage: "closed", lat: 1, lon: 2, reportedAt: "2026-01-05T08:00:00Z", level: "none" }) as unknown as CaseDetail;

describe("Ended cases", () => {
  it("are forgotten without another question, and an answer on its way is not listed any more", async () => {
    const asked: string[] = [];
    const answers: ((outcome: Outcome<CasesPage>) => void)[] = [];
    const ended = new EndedCases(() => {}, (path) => {
      asked.push(path);
      return new Promise((done) => { answers.push(done); });
    });
    const page = { kind: "ok", value: { cases: [one("c-1")], next: "more" } } as unknown as Outcome<CasesPage>;
    ended.load(new URLSearchParams({ stage: "closed" }));
    answers[0]!(page);
    await Promise.resolve();
    await Promise.resolve();
    expect([ended.length, ended.isPartial]).toEqual([1, true]);
    ended.load(new URLSearchParams({ stage: "merged" }));
    ended.clear();
    answers[1]!(page);
    await Promise.resolve();
    await Promise.resolve();
    ended.seen(0);
    expect([ended.length, ended.isPartial, ended.loading, ended.get("c-1")]).toEqual([0, false, false, undefined]);
    expect(asked.length).toBe(2);
  });
});
