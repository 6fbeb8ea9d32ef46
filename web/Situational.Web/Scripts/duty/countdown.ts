import type { CaseRow } from "../feed";
import type { Texts } from "../page/texts";

/** What is said of a case's next limit. */
export interface Countdown {
  /** `none` when no clock runs; else by the level that the server says: a screen compares no times to find one. */
  readonly state: "none" | "calm" | "approaching" | "overdue" | "twice";
  readonly words: string;
}

const states = ["calm", "approaching", "overdue", "twice"] as const;

/** @param now the server's time, ms */
export function countdownOf(row: CaseRow, now: number, texts: Texts): Countdown {
  const [dueAt, level] = [row[8], row[9]];
  const state = states[Math.min(3, Math.max(0, level))]!;
  if (level >= 2) {
    const late = dueAt > 0 && now > dueAt ? ` ${texts.span(now - dueAt)}` : "";
    return { state, words: texts.get(level >= 3 ? "duty.overdue-twice" : "duty.overdue") + late };
  }
  if (dueAt <= 0) return { state: level > 0 ? state : "none", words: "—" };
  // The time is up, and the server has not said so yet.
  if (dueAt <= now) return { state: "approaching", words: texts.get("duty.due-now") };
  return { state, words: texts.get("duty.left", { time: texts.span(dueAt - now) }) };
}
