import { ask } from "../api/http";
import type { Desk } from "../desk/shell";
import type { CaseRow } from "../feed";
import { make, part, setData, setHidden, setText, sign } from "../page/dom";
import type { ListSteps, Told } from "./list-steps";
import type { AssigneeNames } from "./row";
import { type Target, Targets } from "./targets";

/** A case that is to be dispatched. */
export interface Dispatchable {
  readonly row: CaseRow;
  readonly words: string;
  /** Why it cannot be dispatched; undefined when it can. */
  readonly refused: string | undefined;
}

/** Steps that are under way at a time. */
const together = 4;

/** Gives one or several cases to a unit, a squad or a department; says of each how it went. */
export class DispatchDialog {
  private readonly dialog: HTMLDialogElement;
  private readonly form: HTMLFormElement;
  private readonly note: HTMLTextAreaElement;
  private readonly targets: Targets;
  private cases: Dispatchable[] = [];
  /** Cases of which nobody knows yet whether they were dispatched. */
  private readonly unknown = new Set<string>();
  private steps: ListSteps | undefined;
  private tell: (id: string, told: Told, seen: boolean) => void = () => {};
  /** What was opened is another after it was closed: answers to the one before are not for it. */
  private opened = 0;
  private busy = false;

  constructor(private readonly desk: Desk, assignees: AssigneeNames) {
    const { root } = desk;
    this.dialog = part(root, "dispatch") as HTMLDialogElement;
    this.form = part(root, "dispatch-form") as HTMLFormElement;
    this.note = part(root, "dispatch-note") as HTMLTextAreaElement;
    this.targets = new Targets(root, desk, assignees);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    part(root, "dispatch-cancel").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("cancel", (event) => { if (this.busy) event.preventDefault(); });
  }

  /** @param tell called for each case with how its step stands, and whether the dialog shows that. */
  open(cases: readonly Dispatchable[], steps: ListSteps, tell: (id: string, told: Told, seen: boolean) => void): void {
    this.cases = [...cases];
    [this.steps, this.tell] = [steps, tell];
    this.opened++;
    this.unknown.clear();
    const { root, texts } = this.desk;
    setText(part(root, "dispatch-title"), texts.get("dispatch.title", { n: cases.length }));
    setHidden(part(root, "dispatch-fault"), true);
    const list = part(root, "dispatch-cases");
    list.replaceChildren(...cases.map(({ row, words, refused }) => {
      const item = make("li", "dispatch-case");
      item.dataset["id"] = row[0];
      item.append(sign(row[3]), make("span", "dispatch-words", words), make("span", "dispatch-place", this.desk.places.name(row[1])), make("span", "dispatch-result"));
      if (refused !== undefined) this.showResult(item, "failed", refused);
      return item;
    }));
    this.targets.offer(cases.filter(({ refused }) => refused === undefined).map(({ row }) => row));
    this.showButton();
    this.dialog.showModal();
    this.targets.focus();
  }

  private get left(): readonly Dispatchable[] {
    return this.cases.filter(({ row, refused }) => refused === undefined && !this.unknown.has(row[0]));
  }

  private showButton(): void {
    const button = part(this.desk.root, "dispatch-send") as HTMLButtonElement;
    button.disabled = this.busy || this.left.length === 0;
    setText(button, this.desk.texts.get("dispatch.send", { n: this.left.length }));
  }

  private async send(): Promise<void> {
    const { root, texts, toasts } = this.desk;
    const target = this.targets.chosen;
    const fault = part(root, "dispatch-fault");
    setHidden(fault, target !== undefined);
    if (!target) {
      setText(fault, texts.get("dispatch.none-chosen"));
      this.targets.focus();
      return;
    }
    if (this.busy) return;
    this.busy = true;
    this.showButton();
    const waiting = [...this.left];
    const count = { done: 0, failed: 0 };
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.sendOne(next, target, count);
    };
    await Promise.all(Array.from({ length: together }, work));
    this.busy = false;
    this.showButton();
    if (count.done > 0) toasts.show(texts.get("dispatch.went", { n: count.done, to: target.words }), "done");
    if (count.failed === 0 && this.unknown.size === 0 && this.cases.every(({ refused }) => refused === undefined)) {
      this.note.value = "";
      this.dialog.close();
    } else {
      this.showFault(count.failed);
    }
  }

  private showFault(failed: number): void {
    const { root, texts } = this.desk;
    const fault = part(root, "dispatch-fault");
    const words = [failed > 0 ? texts.get("dispatch.failed", { n: failed }) : "", this.unknown.size > 0 ? texts.get("dispatch.unknown", { n: this.unknown.size }) : ""];
    setText(fault, words.filter(Boolean).join(" "));
    setHidden(fault, words.every((word) => word === ""));
  }

  private async sendOne(one: Dispatchable, target: Target, count: { done: number; failed: number }): Promise<void> {
    const id = one.row[0];
    const { opened, desk: { root, texts }, tell } = this;
    const note = this.note.value.trim();
    await this.steps!.take(one.row, "dispatch", { assignee: { kind: target.kind, id: target.id }, ...(note && { note }) }, (told) => {
      const item = this.dialog.open && this.opened === opened ? part(root, "dispatch-cases").querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) : null;
      tell(id, told, item !== null);
      if (told.state === "done" || told.state === "failed") count[told.state]++;
      if (!item) return;
      if (told.state === "done") this.cases = this.cases.filter((other) => other.row[0] !== id);
      if (told.state === "unknown") this.unknown.add(id);
      const late = told.state !== "unknown" && this.unknown.delete(id);
      this.showResult(item, told.state, "words" in told ? told.words : texts.get(told.state === "done" ? "dispatch.done" : "dispatch.sending"));
      if (!late) return;
      this.showButton();
      this.showFault(count.failed);
    });
  }

  private showResult(item: HTMLElement, state: Told["state"], words: string): void {
    setData(item, "state", state);
    setText(item.lastElementChild!, words);
  }
}

/** Reads the names of the departments once. */
export async function readDepartments(language: string): Promise<readonly (readonly [code: string, name: string])[]> {
  interface Answer {
    readonly departments: readonly { readonly code: string; readonly name: { readonly zh: string; readonly en: string } }[];
  }
  const outcome = await ask<Answer>("api/v1/departments");
  return outcome.kind === "ok" ? outcome.value.departments.map(({ code, name }) => [code, language.startsWith("en") ? name.en : name.zh] as const) : [];
}

