import type { CaseRow } from "../feed";
import type { Texts } from "../page/texts";

/** Stages by their number on the feed; the first is none. */
export const stageNames = [
  "", "reported", "accepted", "dispatched", "handling", "handled", "verified", "closed", "rejected", "returned", "rework", "suspended", "merged",
] as const;

/** Severities by their number on the feed; the first is none. */
export const severityNames = ["", "red", "orange", "yellow", "blue"] as const;

/** Deadline levels by their number on the feed. */
export const levelNames = ["none", "approaching", "overdue", "overdue-twice"] as const;

/** Stages that end a case. */
export const endedStages: readonly string[] = ["closed", "rejected", "merged"];

export function stageOf(row: CaseRow): string {
  return stageNames[row[4]] ?? "";
}

/** To whom a case is given, as `unit:w-017`, or "" for nobody. */
export function assigneeOf(row: CaseRow): string {
  return row[15] ?? "";
}

/** What people call a stage. */
export function stageWords(texts: Texts, stage: string): string {
  return texts.among("stage", stage) ?? stage;
}
