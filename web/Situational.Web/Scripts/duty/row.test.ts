import { describe, expect, it } from "vitest";
import type { CaseRow } from "../feed";
import { Names } from "../page/names";
import { Places } from "../page/places";
import { Texts } from "../page/texts";
import type { CaseDetail } from "./details";
import { CaseRows, type RowFacts } from "./row";

const texts = new Texts("en");
const rows = new CaseRows(texts, new Names(undefined), new Places(texts), { name: (assignee) => assignee });
const row = ["c1", "g1", "fire", 1, 7, 0, 0, 1_000, 5_000, 1, 0, "", 0, 0, 0, ""] as unknown as CaseRow;
const detail = { id: "c1", description: "smoke at No. 4", closedAt: "2026-01-05T09:00:00Z" } as CaseDetail;

function filled(more: Partial<RowFacts>): (name: string) => string {
  const element = rows.make();
  rows.fill(element, { row, detail, now: 2_000, gone: false, pending: true, stage: "accepted", fault: "refused", past: false, ...more });
  return (name) => name === "pending" ? element.dataset["pending"] ?? "" : element.querySelector(name)?.textContent ?? "";
}

describe("CaseRows", () => {
  it("shows what is under way, and when a case ended", () => {
    const text = filled({});
    expect(text(".line-what")).toContain("smoke at No. 4");
    expect([text("pending"), text(".line-fault"), text(".line-stage-words")]).toEqual(["true", "refused", texts.among("stage", "accepted")]);
    expect(text(".line-count")).toBe("");
  });

  it("shows of a past moment what was reported and nothing that came later", () => {
    const text = filled({ past: true });
    expect(text(".line-what")).toContain("smoke at No. 4");
    expect([text("pending"), text(".line-fault"), text(".line-stage-words")]).toEqual(["false", "", texts.among("stage", "closed")]);
    expect(text(".line-count")).toContain("00:03");
  });
});
