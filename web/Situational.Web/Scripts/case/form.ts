import type { Problem } from "../api/http";
import { make, setHidden, setText } from "../page/dom";
import type { Action } from "./actions";
import { button } from "./controls";
import { bodyOf, faultsOf, fieldsOf, text, type Values } from "./fields";
import { type Field, type FieldContext, makeField } from "./form-fields";
import type { CaseAnswer, CaseEvent, StepBody } from "./wire";

export interface FormParts {
  readonly context: FieldContext;
  readonly send: (step: string, body: StepBody, seen: { readonly revision: number; readonly stage: string }, to: string | undefined) => void;
  /** What was typed changed; to be kept. */
  readonly keep: (step: string, values: Values) => void;
  /** The person drops what they typed. */
  readonly drop: (step: string) => void;
  readonly close: () => void;
  /** What a step of somebody else is called, in words. */
  readonly tell: (event: CaseEvent) => readonly string[];
}

/**
 * The form of one step. What is typed stays whatever happens: while the case changes behind it, when the server refuses it,
 * and when nobody answers. What went wrong stands here, next to where it was typed.
 */
export class StepForm {
  readonly root = make("form", "step-form") as HTMLFormElement;
  private readonly fields = make("div", "step-fields");
  private readonly notice = make("div", "step-notice");
  private readonly submit: HTMLButtonElement;
  private readonly title = make("h4", "step-title");
  private shown: Field[] = [];
  private seen: { readonly revision: number; readonly stage: string };
  /** The revision of which it is said who brought it about. */
  private conflictTold: number | undefined;
  private busy = false;

  constructor(readonly action: Action, private one: CaseAnswer, private values: Values, restored: boolean, private readonly parts: FormParts) {
    const { texts } = parts.context.words;
    this.seen = { revision: one.revision, stage: one.stage };
    this.root.noValidate = true;
    setText(this.title, parts.context.words.step(action.step));
    this.notice.setAttribute("role", "alert");
    setHidden(this.notice, true);
    this.submit = make("button", "button", texts.get("case.send", { step: parts.context.words.step(action.step) })) as HTMLButtonElement;
    this.submit.dataset["kind"] = "main";
    const bar = make("div", "step-bar");
    bar.append(this.submit, button(texts.get("case.later"), () => parts.close()));
    if (action.to !== undefined) bar.append(make("span", "step-to", texts.get("case.leads-to", { stage: parts.context.words.stage(action.to) })));
    this.root.append(this.title, this.notice, this.fields, bar);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendIt();
    });
    // Enter in a text of several lines is a line; with Ctrl it sends.
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.sendIt();
    });
    this.drawFields();
    if (restored) this.say(texts.get("case.draft.restored"), [button(texts.get("case.draft.drop"), () => parts.drop(action.step), { small: true })], "note");
  }

  /** The field to begin with; where nothing is needed, the button. */
  focus(): void {
    const empty = this.shown.find((field) => fieldsOf(this.action.step, this.action.needs, this.action.takes).some(({ name, needed }) => name === field.name && needed));
    if (empty) empty.focus();
    else this.submit.focus();
  }

  /** Fills a field from elsewhere on the page. */
  fill(values: Values): void {
    this.values = { ...this.values, ...values };
    this.parts.keep(this.action.step, this.values);
    this.drawFields();
  }

  /** The step is on its way, or is not any more. */
  wait(state: "idle" | "sending" | "unknown"): void {
    const { texts } = this.parts.context.words;
    this.busy = state !== "idle";
    this.root.toggleAttribute("data-busy", this.busy);
    this.submit.disabled = this.busy;
    for (const control of this.fields.querySelectorAll<HTMLInputElement>("input, textarea, select, button")) control.disabled = this.busy;
    setText(this.submit, texts.get(state === "idle" ? "case.send" : state === "sending" ? "case.sending" : "case.unknown.short", { step: this.parts.context.words.step(this.action.step) }));
    if (state === "unknown") this.say(texts.get("case.unknown"), [], "note");
    else if (state === "sending") this.hush();
  }

  /** The case changed behind the form. What only the clocks did needs nobody's attention; what a person did does. */
  caseChanged(one: CaseAnswer, last: CaseEvent | undefined): void {
    const before = this.one;
    this.one = one;
    if (this.busy || one.revision <= this.seen.revision) return;
    const harmless = one.stage === before.stage && JSON.stringify([one.assignee, one.severity, one.whistles.length, one.proposals]) === JSON.stringify([before.assignee, before.severity, before.whistles.length, before.proposals]);
    if (harmless && this.seen.stage === one.stage && !this.root.hasAttribute("data-conflict")) this.seen = { revision: one.revision, stage: one.stage };
    else this.conflict(one, last);
  }

  /** Somebody else was first: says who, what and when, and leaves the choice. */
  conflict(one: CaseAnswer, last: CaseEvent | undefined): void {
    const { texts, stage } = { texts: this.parts.context.words.texts, stage: this.parts.context.words.stage(one.stage) };
    this.one = one;
    this.wait("idle");
    this.submit.disabled = true;
    // Who was first is not unsaid because it is told again before the history is read.
    if (last === undefined && this.conflictTold === one.revision) return;
    if (last !== undefined) this.conflictTold = one.revision;
    const told = last ? this.parts.tell(last) : [];
    this.root.toggleAttribute("data-conflict", true);
    this.say(texts.get("case.conflict"), [
      button(texts.get("case.conflict.take"), () => {
        this.seen = { revision: one.revision, stage: one.stage };
        this.root.removeAttribute("data-conflict");
        this.hush();
        this.submit.disabled = !one.allowed.includes(this.action.step);
        if (!one.allowed.includes(this.action.step)) this.say(texts.get("case.conflict.not-any-more", { step: this.parts.context.words.step(this.action.step), stage }), [], "fault");
        this.focus();
      }, { kind: "main" }),
      button(texts.get("case.conflict.drop"), () => this.parts.drop(this.action.step)),
    ], "fault", [...told, texts.get("case.conflict.now", { stage })]);
  }

  /** The server refused it. Nothing was recorded, what was typed is still here. */
  refused(problem: Problem, again: boolean): void {
    const { texts } = this.parts.context.words;
    this.wait("idle");
    let placed = false;
    for (const [name, faults] of Object.entries(problem.errors)) {
      const field = this.shown.find((one) => one.name === name || (name.startsWith("assignee") && one.name === "assignee") || (["whistle", "department"].includes(name) && one.name === "called"));
      if (!field) continue;
      field.fault(texts.get("case.fault.server", { why: faults.join(" ") }));
      if (!placed) field.focus();
      placed = true;
    }
    const why = problem.status === 401 ? texts.get("case.refused.session")
      : problem.status === 503 || problem.status === 429 ? texts.get("case.refused.away")
      : problem.status === 404 ? texts.get("case.refused.unknown")
      : placed ? texts.get("case.refused.fields")
      : texts.get("case.refused", { why: problem.detail || problem.title || String(problem.status) });
    this.say(why, again && problem.status !== 401 ? [button(texts.get("case.again"), () => this.sendIt(), { kind: "main" })] : [], "fault");
  }

  /** Nobody will find out by trying again. */
  givenUp(): void {
    this.wait("idle");
    this.say(this.parts.context.words.texts.get("case.given-up"), [], "fault");
  }

  private sendIt(): void {
    if (this.busy || this.submit.disabled) return;
    const { context } = this.parts;
    const fields = fieldsOf(this.action.step, this.action.needs, this.action.takes);
    const faults = faultsOf(this.action.step, fields, this.values, context.now(), context.timeZone);
    let first: Field | undefined;
    for (const field of this.shown) {
      const fault = faults[field.name];
      field.fault(fault ? context.words.fault(fault) : "");
      if (fault) first ??= field;
    }
    if (first) return first.focus();
    this.parts.send(this.action.step, bodyOf(this.action.step, fields, this.values, context.timeZone), this.seen, this.action.to);
  }

  private drawFields(): void {
    const { action, one, parts } = this;
    const fields = [...fieldsOf(action.step, action.needs, action.takes)];
    if (action.step === "muster" && text(this.values, "state") === "refused") fields.push({ name: "reason", needed: true }, { name: "counterProposal", needed: true });
    this.shown = fields.map(({ name, needed }) => makeField(name, needed, action.step, one, this.values, parts.context, (changed, value) => {
      this.values = { ...this.values, [changed]: value };
      parts.keep(action.step, this.values);
      this.shown.find((field) => field.name === changed)?.fault("");
      // Who was called decides which states there are, and a refusal asks for more.
      if (action.step === "muster" && (changed === "called" || changed === "state")) {
        this.drawFields();
        this.shown.find((field) => field.name === changed)?.focus();
      }
    }));
    this.fields.replaceChildren(...this.shown.map((field) => field.root));
  }

  private say(words: string, buttons: readonly HTMLElement[], kind: "fault" | "note", more: readonly string[] = []): void {
    this.notice.dataset["kind"] = kind;
    const bar = make("div", "step-bar");
    bar.append(...buttons);
    this.notice.replaceChildren(make("p", "step-notice-words", words), ...more.map((line) => make("p", "step-notice-more", line)), ...(buttons.length > 0 ? [bar] : []));
    setHidden(this.notice, false);
  }

  private hush(): void {
    this.notice.replaceChildren();
    setHidden(this.notice, true);
  }
}
