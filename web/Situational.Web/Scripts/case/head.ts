import { make, setData, setHidden, setSign, setText, sign } from "../page/dom";
import type { Attempt } from "./attempts";
import { button, symbol } from "./controls";
import type { CaseWords } from "./words";
import { type CaseAnswer, hasEnded, levelOf, severityOf } from "./wire";

/** What the case is, at a glance: severity, kind, number, place, stage, time left, and whose it is. */
export class CaseHead {
  readonly root = make("header", "case-head");
  private readonly title = make("h2", "case-title");
  private readonly mark = sign(0);
  private readonly category = make("span", "case-category");
  private readonly severity = make("span", "case-severity");
  private readonly number = make("span", "case-number");
  private readonly place = make("span", "case-place");
  private readonly stage = make("strong", "case-stage");
  private readonly pending = make("span", "case-pending");
  private readonly due = make("span", "case-due");
  private readonly dueWords = make("span", "");
  private readonly dueSign = symbol("halo-1");
  private readonly assignee = make("span", "case-assignee");
  private one: CaseAnswer | undefined;

  constructor(private readonly words: CaseWords, close: () => void) {
    const { texts } = words;
    this.title.tabIndex = -1;
    this.title.append(this.mark, this.severity, this.category);
    const shut = button("×", close, { name: "case-shut" });
    shut.setAttribute("aria-label", texts.get("case.shut"));
    const top = make("div", "case-head-top");
    top.append(this.title, shut);
    const where = make("p", "case-where");
    where.append(this.number, this.place);
    const state = make("p", "case-state");
    this.due.append(this.dueSign, this.dueWords);
    state.append(this.stage, this.pending, this.due, this.assignee);
    this.root.append(top, where, state);
  }

  show(id: string, one: CaseAnswer | undefined, attempt: Attempt | undefined, now: number | undefined): void {
    const { words } = this;
    const { texts } = words;
    this.one = one;
    setText(this.number, id);
    setText(this.category, one ? words.category(one.category) : "");
    setText(this.severity, one ? words.severity(one.severity) : "");
    setSign(this.mark, one ? severityOf(one.severity) : 0);
    setText(this.place, one ? words.path(one.grid) : "");
    // The step that is under way shows as taken, and says that it is not confirmed yet.
    const stage = attempt?.to ?? one?.stage;
    setText(this.stage, stage === undefined ? "" : words.stage(stage));
    setData(this.root, "pending", attempt?.state ?? "");
    setHidden(this.pending, !attempt);
    setText(this.pending, attempt ? texts.get(attempt.state === "unknown" ? "case.pending.unknown" : "case.pending", { step: words.step(attempt.step) }) : "");
    setText(this.assignee, one?.assignee ? texts.get("case.assigned", { name: words.assignee(one.assignee) }) : one && !hasEnded(one.stage) ? texts.get("case.unassigned") : "");
    this.tick(now);
  }

  /** The time that is left goes on without news. */
  tick(now: number | undefined): void {
    const { one, words } = this;
    const { texts } = words;
    const due = one?.dueAt === undefined ? undefined : Date.parse(one.dueAt);
    const level = one ? levelOf(one.level) : 0;
    setData(this.due, "level", String(level));
    setHidden(this.dueSign, level === 0);
    this.dueSign.firstElementChild?.setAttribute("href", `#halo-${Math.max(1, level)}`);
    if (!one) setText(this.dueWords, "");
    else if (hasEnded(one.stage)) setText(this.dueWords, one.closedAt === undefined || now === undefined ? "" : texts.get("case.ended-at", { time: words.moment(Date.parse(one.closedAt), now) }));
    else if (one.suspendedUntil !== undefined && now !== undefined) setText(this.dueWords, texts.get("case.suspended-until", { time: words.moment(Date.parse(one.suspendedUntil), now) }));
    else if (due === undefined) setText(this.dueWords, texts.get("case.no-deadline"));
    else if (now !== undefined) setText(this.dueWords, `${words.countdown({ dueAt: due, level }, now)} · ${words.moment(due, now)}`);
  }

  focus(): void {
    this.title.focus();
  }
}
