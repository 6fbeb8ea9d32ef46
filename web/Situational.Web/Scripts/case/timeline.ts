import type { CaseWords } from "./words";
import type { CaseEvent } from "./wire";

/** A deadline that ended with an event. */
export interface LineDeadline {
  readonly met: boolean;
  readonly words: string;
}

/** Something that happened to a case, in words. */
export interface Line {
  readonly number: number;
  readonly at: number;
  /** What kind of thing it is, for its sign. */
  readonly mark: "step" | "deadline" | "whistle" | "system";
  readonly title: string;
  readonly who: string;
  /** What else belongs to it, each a sentence of its own. */
  readonly details: readonly string[];
  /** What somebody wrote. */
  readonly said: readonly string[];
  readonly deadlines: readonly LineDeadline[];
  readonly photos: readonly string[];
}

/** What had happened by a moment, ms; all of it without one. */
export function eventsUpTo(events: readonly CaseEvent[], until: number | undefined): readonly CaseEvent[] {
  return until === undefined ? events : events.filter(({ at }) => Date.parse(at) <= until);
}

/** What happened, in words, in the order given. */
export function linesOf(events: readonly CaseEvent[], words: CaseWords, now: number): readonly Line[] {
  return events.map((event) => lineOf(event, words, now));
}

export function lineOf(event: CaseEvent, words: CaseWords, now: number): Line {
  const { texts } = words;
  const details: string[] = [];
  const add = (value: unknown, sentence: () => string): void => { if (value !== undefined) details.push(sentence()); };
  add(event.assignee, () => texts.get("case.line.assignee", { name: words.assignee(event.assignee!) }));
  if (event.what === "accept") add(event.severity, () => texts.get("case.line.severity", { severity: words.severity(event.severity!) }));
  add(event.until, () => texts.get("case.line.until", { time: words.moment(Date.parse(event.until!), now) }));
  add(event.toArea, () => texts.get("case.line.to-area", { name: words.place(event.toArea!) }));
  add(event.otherGrid, () => texts.get(event.what === "arrived" ? "case.line.from-grid" : "case.line.to-grid", { name: words.place(event.otherGrid!) }));
  add(event.reports, () => texts.get("case.line.reports", { n: event.reports! }));
  add(event.other, () => texts.get("case.line.other", { id: event.other! }));
  if (event.what === "rate") add(event.score, () => texts.get("case.line.score", { kind: words.ratingKind(event.kind ?? ""), n: event.score! }));
  if (event.what === "whistle") add(event.departments, () => texts.get("case.line.called", { names: words.list(event.departments!.map((code) => words.department(code))) }));
  if (event.clock) {
    details.push(texts.get("case.line.clock", { limit: words.limit(event.clock.limit), time: words.moment(Date.parse(event.clock.dueAt), now) }));
    if (event.departments?.[0] !== undefined) details.push(words.department(event.departments[0]));
  }
  if (event.late === true && event.fellAt !== undefined) details.push(texts.get("case.line.late", { time: words.moment(Date.parse(event.fellAt), now) }));
  return {
    number: event.number,
    at: Date.parse(event.at),
    mark: event.what === "deadline" ? "deadline" : event.what === "whistle" || event.what === "muster" ? "whistle" : event.by?.role === "system" ? "system" : "step",
    title: titleOf(event, words),
    who: words.actor(event.by),
    details,
    said: [event.reason, event.note].filter((said): said is string => said !== undefined && said !== ""),
    deadlines: (event.deadlines ?? []).map((ended) => ({
      met: ended.met,
      words: texts.get(ended.met ? "case.line.met" : "case.line.missed", { clock: words.clock(ended.kind), limit: words.limit(ended.limit) }),
    })),
    photos: event.photos ?? [],
  };
}

function titleOf(event: CaseEvent, words: CaseWords): string {
  const { texts } = words;
  if (event.what === "deadline" && event.clock) return texts.get("case.line.deadline", { clock: words.clock(event.clock.kind), level: words.level(event.clock.level) });
  if (event.what === "whistle") return texts.get("case.line.whistle", { kind: words.whistle(event.kind ?? "") });
  if (event.what === "muster")
    return words.pair(words.department(event.departments?.[0] ?? ""), words.muster(event.muster ?? ""));
  if (event.what === "opened" && event.stage === "handled") return texts.get("case.line.spot");
  return texts.among("happened", event.what) ?? words.step(event.what);
}
