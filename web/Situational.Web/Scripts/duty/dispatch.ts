import { ask } from "../api/http";
import { refusalWords } from "../desk/refusals";
import type { Desk } from "../desk/shell";
import { newKey } from "../api/http";
import { takeStep } from "../desk/steps";
import type { CaseRow } from "../feed";
import { make, part, setData, setHidden, setText, sign } from "../page/dom";
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
  private readonly keys = new Map<string, string>();
  private done: (id: string, fault: string | undefined) => void = () => {};
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

  /** @param done called for each case with the reason of its failure, or undefined when it went well. */
  open(cases: readonly Dispatchable[], done: (id: string, fault: string | undefined) => void): void {
    this.cases = [...cases];
    this.done = done;
    this.keys.clear();
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
    return this.cases.filter(({ refused }) => refused === undefined);
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
    let [went, failed] = [0, 0];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        if (await this.sendOne(next, target)) went++;
        else failed++;
    };
    await Promise.all(Array.from({ length: together }, work));
    this.busy = false;
    this.showButton();
    if (went > 0) toasts.show(texts.get("dispatch.went", { n: went, to: target.words }), "done");
    if (failed === 0 && this.cases.every(({ refused }) => refused === undefined)) {
      this.note.value = "";
      this.dialog.close();
    } else {
      setText(fault, texts.get("dispatch.failed", { n: failed }));
      setHidden(fault, failed === 0);
    }
  }

  private async sendOne(one: Dispatchable, target: Target): Promise<boolean> {
    const id = one.row[0];
    const item = part(this.desk.root, "dispatch-cases").querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    if (item) this.showResult(item, "sending", this.desk.texts.get("dispatch.sending"));
    const note = this.note.value.trim();
    // The same request again, after one that nobody answered, has the same key.
    const name = `${id} ${target.kind}:${target.id} ${note}`;
    const key = this.keys.get(name) ?? newKey();
    this.keys.set(name, key);
    const outcome = await takeStep(id, "dispatch", { assignee: { kind: target.kind, id: target.id }, ...(note && { note }) }, key);
    if (outcome.kind === "ok") {
      if (item) this.showResult(item, "done", this.desk.texts.get("dispatch.done"));
      this.cases = this.cases.filter((other) => other !== one);
      this.done(id, undefined);
      return true;
    }
    if (outcome.kind === "refused") this.keys.delete(name);
    const fault = refusalWords(this.desk.texts, outcome);
    if (item) this.showResult(item, "failed", fault);
    this.done(id, fault);
    return false;
  }

  private showResult(item: HTMLElement, state: "sending" | "done" | "failed", words: string): void {
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

