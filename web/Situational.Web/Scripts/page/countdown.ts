import type { Texts } from "./texts";

/** A case's next limit. */
export interface Deadline {
  /** When it is up, ms of the server's time; 0 when no clock runs. */
  readonly dueAt: number;
  /** How much of it the server says is used up, 0 to 3. */
  readonly level: number;
}

/** What is said of a limit. */
export interface Countdown {
  /** `none` when no clock runs; else by the level that the server says: a screen compares no times to find one. */
  readonly state: "none" | "calm" | "approaching" | "overdue" | "twice";
  readonly words: string;
}

const states = ["calm", "approaching", "overdue", "twice"] as const;

/**
 * @param now the server's time, ms
 * @param span how a duration is written; to the second unless said
 */
export function countdownOf({ dueAt, level }: Deadline, now: number, texts: Texts, span = (ms: number): string => texts.span(ms)): Countdown {
  const state = states[Math.min(3, Math.max(0, level))]!;
  if (level >= 2) {
    const late = dueAt > 0 && now > dueAt ? ` ${span(now - dueAt)}` : "";
    return { state, words: texts.get(level >= 3 ? "due.overdue-twice" : "due.overdue") + late };
  }
  if (dueAt <= 0) return { state: level > 0 ? state : "none", words: "—" };
  // The time is up, and the server has not said so yet.
  if (dueAt <= now) return { state: "approaching", words: texts.get("due.now") };
  return { state, words: texts.get("due.left", { time: span(dueAt - now) }) };
}
