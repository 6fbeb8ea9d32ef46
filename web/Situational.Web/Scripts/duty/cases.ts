import type { Attempts } from "../case/attempts";
import { endedStages, stageNames, stageOf } from "../desk/cases";
import type { Desk } from "../desk/shell";
import type { CaseRow, Change, Picture } from "../feed";
import { part, setData, setHidden, setText } from "../page/dom";
import type { TextKey } from "../page/texts";
import { CaseBook } from "./book";
import { Details } from "./details";
import { DispatchDialog, type Dispatchable } from "./dispatch";
import { EndedCases } from "./ended";
import { type Filter, filterNames, isEnded, queryOf, readFilter } from "./filter";
import { FilterBar } from "./filter-bar";
import { CaseList, printMost } from "./list";
import { ListSteps, type Told } from "./list-steps";
import { paperWords } from "./paper";
import { AssigneeNames, CaseRows } from "./row";
import { ShownOrder } from "./shown-order";
import { TextFinder } from "./text-finder";

/** Stages from which a step can be taken, for an answer without a question to the server. */
const stepFrom: Readonly<Record<string, readonly string[]>> = { accept: ["reported"], verify: ["handled"], dispatch: ["accepted", "returned"] };

/** Pauses between two looks at the list: after changes, and for the countdowns, ms. */
const showEveryMs = 250;
const countEveryMs = 1_000;

/** The list of cases: live, filtered by the address, and what can be done with its rows. */
export class CasesPanel {
  readonly details: Details;
  readonly assignees: AssigneeNames;
  private readonly root: HTMLElement;
  private filter: Filter;
  private readonly book: CaseBook;
  private readonly order: ShownOrder;
  private readonly ended: EndedCases;
  private readonly finder: TextFinder;
  private readonly list: CaseList;
  private readonly bar: FilterBar;
  private readonly rows: CaseRows;
  private readonly dialog: DispatchDialog;
  private attempts: Attempts | undefined;
  private steps: ListSteps | undefined;
  private readonly faults = new Map<string, string>();
  /** Rows that went while the order was held, as they were last. */
  private readonly gone = new Map<string, CaseRow>();
  private picture: Picture | undefined;
  private changedEnded = 0;
  private past = false;
  private dirty = true;
  private shownAt = 0;
  private countedAt = 0;

  constructor(private readonly desk: Desk, private readonly open: (id: string) => void) {
    this.root = part(desk.root, "cases");
    const { texts, state } = desk;
    this.filter = readFilter(state);
    this.book = new CaseBook(this.filter);
    this.order = new ShownOrder(this.book.rows);
    this.details = new Details(() => { this.list.refill(); });
    this.ended = new EndedCases((cases) => {
      this.details.put(cases);
      this.show();
    });
    this.finder = new TextFinder(() => this.retake());
    this.assignees = new AssigneeNames(() => this.picture?.units);
    this.rows = new CaseRows(texts, desk.names, desk.places, this.assignees);
    this.bar = new FilterBar(this.root, desk, this.assignees);
    this.dialog = new DispatchDialog(desk, this.assignees);
    this.list = new CaseList(this.root, this.order, {
      make: () => this.rows.make(),
      fill: (element, id) => this.fill(element, id),
      seen: (ids, last) => {
        this.details.want(ids);
        if (isEnded(this.filter)) this.ended.seen(last);
      },
      open,
      selected: (count) => this.showSelection(count),
      held: (held) => this.hold(held),
    });
    part(this.root, "moved").addEventListener("click", () => this.bringUpToDate());
    part(this.root, "list-clear").addEventListener("click", () => this.bar.clear());
    part(this.root, "bulk-dispatch").addEventListener("click", () => this.dispatch());
    part(this.root, "bulk-clear").addEventListener("click", () => this.list.keep(() => false));
    this.keys();
    state.on((changed) => {
      if (changed.has("area") || filterNames.some((name) => changed.has(name))) this.refilter();
      if (changed.has("case")) this.list.choose(state.get("case"));
    });
    desk.onPicture("cases", (picture, change) => this.take(picture, change));
    desk.onTick("cases", (now) => this.tick(now));
    this.list.choose(state.get("case"));
    this.refilter();
  }

  /** The row of a case that is open or in the list. */
  row(id: string): CaseRow | undefined {
    return this.picture?.cases.get(id) ?? this.gone.get(id) ?? this.ended.get(id);
  }

  private keys(): void {
    const { shortcuts } = this.desk;
    const current = (): boolean => this.list.current !== "";
    shortcuts.register("j", "keys.next", () => this.list.move(1));
    shortcuts.register("k", "keys.previous", () => this.list.move(-1));
    shortcuts.register("Enter", "keys.open", () => this.open(this.list.current), current);
    shortcuts.register("x", "keys.select", () => this.list.toggle(this.list.current), current);
    shortcuts.register("u", "keys.refresh", () => this.bringUpToDate());
    this.stepKeys(() => this.list.current !== "", () => this.list.current !== "" || this.list.selection.size > 0);
  }

  /**
   * Takes the keys of steps for the list where another case than the open one is the current one, or several are selected. To be called once the
   * drawer has taken them for the open case.
   */
  takeStepKeys(): void {
    const other = (): boolean => this.list.current !== "" && this.list.current !== this.desk.state.get("case");
    this.stepKeys(other, () => other() || this.list.selection.size > 0);
  }

  private stepKeys(one: () => boolean, any: () => boolean): void {
    const { shortcuts } = this.desk;
    shortcuts.register("a", "keys.accept", () => void this.step("accept"), one);
    shortcuts.register("d", "keys.dispatch", () => this.dispatch(), any);
    shortcuts.register("v", "keys.verify", () => void this.step("verify"), one);
  }

  private take(picture: Picture, change: Change): void {
    this.picture = picture;
    if (change.whole) {
      if (this.past !== this.desk.isPast) this.refilter();
      else this.retake();
      return;
    }
    const endings = new Map(change.events.filter(([, kind]) => endedStages.includes(kind)).map(([, kind, id]) => [id, kind]));
    for (const row of change.cases) {
      if (this.book.rows.get(row[0])?.[4] !== row[4]) this.faults.delete(row[0]);
      this.note(row[0], () => this.book.put(row));
    }
    for (const id of change.closed) {
      const last = this.book.rows.get(id);
      if (last && this.order.isHeld) this.gone.set(id, last.with(4, Math.max(last[4], stageNames.indexOf((endings.get(id) ?? "") as typeof stageNames[number]))) as unknown as CaseRow);
      this.note(id, () => this.book.remove(id));
      this.changedEnded++;
    }
    if (change.events.some(([, kind]) => kind === "reported")) this.finder.markStale();
    if (change.cases.length > 0 || change.closed.length > 0) this.dirty = true;
  }

  private note(id: string, run: () => "same" | "moved" | "came" | "left"): void {
    this.order.note(id, run());
  }

  /** The address asks for others. */
  private refilter(): void {
    this.filter = readFilter(this.desk.state);
    this.order.release();
    this.gone.clear();
    this.past = this.desk.isPast;
    // The API is asked for nothing while the past is shown: it knows what is now alone.
    this.finder.look(this.past || isEnded(this.filter) ? "" : this.filter.text, this.desk.area, performance.now());
    if (isEnded(this.filter)) {
      this.changedEnded = 0;
      if (this.past) this.ended.clear();
      else this.ended.load(queryOf(this.filter, this.desk.area));
      this.list.use(this.ended);
    } else {
      this.list.use(this.order);
    }
    this.bar.show(this.filter);
    this.retake();
    this.list.top();
  }

  /** Takes every row of the picture anew. */
  private retake(): void {
    if (this.order.length === 0) this.order.release();
    const before = this.order.isHeld ? new Set(this.book.rows.keys()) : undefined;
    this.book.reset(this.desk.picture?.cases.values() ?? [], this.filter, this.finder.found);
    if (before) {
      for (const id of before) if (!this.book.rows.get(id)) this.order.note(id, "left");
      for (const row of this.book.rows) if (!before.has(row[0])) this.order.note(row[0], "came");
    }
    this.show();
  }

  /** Somebody came to the list, or left it. */
  private hold(held: boolean): void {
    if (held) this.order.hold();
    else this.bringUpToDate();
  }

  /** Brings the held order up to date; it goes on being held if someone is there. */
  private bringUpToDate(): void {
    this.order.release();
    this.gone.clear();
    if (isEnded(this.filter) && this.changedEnded > 0) {
      this.changedEnded = 0;
      if (!this.past) this.ended.load(queryOf(this.filter, this.desk.area));
    }
    this.show();
  }

  private tick(now: number): void {
    this.finder.tick(this.filter.text, this.desk.area, now);
    if (this.dirty && now - this.shownAt >= showEveryMs) this.show(now);
    else if (now - this.countedAt >= countEveryMs) {
      this.countedAt = now;
      this.list.refill();
    }
  }

  private show(now = performance.now()): void {
    this.dirty = false;
    this.shownAt = this.countedAt = now;
    this.bar.count(this.book.byStage);
    const source = isEnded(this.filter) ? this.ended : this.order;
    const { texts } = this.desk;
    const count = texts.number(source.length) + (source === this.ended && this.ended.isPartial ? "+" : "");
    const searched = this.past && this.filter.text !== "" && !isEnded(this.filter) ? ` · ${texts.get("duty.past-text")}` : "";
    const unknown = this.isLoading || (this.past && source === this.ended);
    setText(part(this.root, "list-count"), unknown ? "" : texts.get("duty.count", { n: count }) + searched);
    setText(part(this.root, "list-paper"), unknown ? "" : paperWords({ count, length: source.length, most: printMost, filtered: this.isFiltered }, texts));
    const moved = isEnded(this.filter) ? (this.past ? 0 : this.changedEnded) : this.order.moved.size;
    setHidden(part(this.root, "moved"), moved === 0);
    if (moved > 0) setText(part(this.root, "moved-words"), texts.get("duty.moved", { n: texts.number(moved) }));
    if (this.list.isHeld) this.order.hold();
    this.list.render();
    this.showEmpty(source.length);
    this.unselectGone();
  }

  private get isFiltered(): boolean {
    return filterNames.some((name) => this.desk.state.get(name) !== "");
  }

  /** Nobody acts on what they do not see: what is selected and left the list is selected no more. */
  private unselectGone(): void {
    if (this.isLoading || this.list.selection.size === 0) return;
    const gone = [...this.list.selection].filter((id) => !this.list.has(id));
    if (gone.length === 0) return;
    // What a step of this person took off the list is no surprise to them.
    const unasked = gone.filter((id) => !this.steps?.isBusy(id)).length;
    this.list.keep((id) => this.list.has(id));
    if (unasked > 0) this.desk.toasts.show(this.desk.texts.get("duty.unselected", { n: unasked }));
  }

  private get isLoading(): boolean {
    return isEnded(this.filter) ? this.ended.loading : this.desk.picture === undefined || (this.finder.searching && this.order.length === 0);
  }

  /** What stands in the place of rows: that they are on their way, or that there are none. */
  private showEmpty(length: number): void {
    const loading = this.isLoading && length === 0;
    setHidden(part(this.root, "list-loading"), !loading);
    setHidden(part(this.root, "list-empty"), loading || length > 0);
    if (length > 0 || loading) return;
    const failed = isEnded(this.filter) ? this.ended.failed : this.finder.failed;
    const filtered = this.isFiltered;
    const key: TextKey = this.past && isEnded(this.filter) ? "duty.past-ended" : failed ? "duty.list-failed" : filtered ? "duty.list-filtered" : "duty.list-none";
    setText(part(this.root, "list-empty-words"), this.desk.texts.get(key));
    setHidden(part(this.root, "list-clear"), !filtered);
  }

  /** Takes steps among the person's attempts: those under way show on their rows, wherever they were taken, as taken and not confirmed yet. */
  useAttempts(attempts: Attempts): void {
    this.attempts = attempts;
    this.steps = new ListSteps({
      texts: this.desk.texts, attempts, changed: () => this.list.refill(),
      ended: ({ case: id, step }, told) => {
        // The drawer says it where it was typed.
        if (told.state !== "failed" || id === this.desk.state.get("case")) this.faults.delete(id);
        else this.tell(id, step, told);
        this.list.refill();
      },
    });
  }

  private showSelection(count: number): void {
    setHidden(part(this.root, "bulk"), count === 0);
    if (count > 0) setText(part(this.root, "bulk-words"), this.desk.texts.get("duty.selected", { n: count }));
    setData(this.root, "selecting", String(count > 0));
  }

  private fill(element: HTMLElement, id: string): void {
    const row = this.row(id);
    if (!row) return;
    const live = this.book.rows.get(id) !== undefined || isEnded(this.filter);
    const attempt = this.attempts?.of(id);
    this.rows.fill(element, {
      row, detail: this.details.get(id), now: this.desk.now() ?? row[7], gone: !live,
      fault: attempt?.state === "unknown" ? this.desk.texts.get("duty.unknown") : this.faults.get(id),
      pending: this.steps?.isBusy(id) === true, stage: attempt?.to, past: this.desk.isPast,
    });
  }

  private async step(step: "accept" | "verify"): Promise<void> {
    const { texts, toasts } = this.desk;
    const id = this.list.current;
    const row = this.row(id);
    if (!row || !this.steps || this.steps.isBusy(id)) return;
    if (this.desk.isPast) return toasts.show(texts.get("refusal.past"), "failed");
    const stage = stageOf(row);
    if (!stepFrom[step]?.includes(stage)) return toasts.show(this.stageRefusal(stage), "failed");
    await this.steps.take(row, step, {}, (told) => this.tell(id, step, told));
  }

  /** Says how a step stands: on its row, and to whoever took it. */
  private tell(id: string, step: string, told: Told): void {
    const { texts, toasts } = this.desk;
    if (told.state === "failed") this.faults.set(id, told.words);
    else this.faults.delete(id);
    if (told.state === "done" && (step === "accept" || step === "verify")) toasts.show(texts.get(step === "accept" ? "duty.accepted" : "duty.verified", { case: this.words(id) }), "done");
    else if (told.state === "failed") toasts.show(`${this.words(id)}: ${told.words}`, "failed");
    else if (told.state === "unknown") this.desk.announce(`${this.words(id)}: ${told.words}`);
    this.list.refill();
  }

  /** Opens the dialog for the selected cases, else for the current one. */
  private dispatch(): void {
    const { texts, toasts } = this.desk;
    if (this.desk.isPast) return toasts.show(texts.get("refusal.past"), "failed");
    // Between two lists the selection is still that of the one before.
    const ids = this.list.selection.size > 0 ? [...this.list.selection].filter((id) => this.list.has(id)) : [this.list.current];
    const cases = ids.map((id) => this.row(id)).filter((row) => row !== undefined)
      .map((row): Dispatchable => ({ row, words: this.words(row[0]), refused: stepFrom["dispatch"]!.includes(stageOf(row)) ? undefined : this.stageRefusal(stageOf(row)) }));
    if (cases.length === 0 || !this.steps) return;
    this.dialog.open(cases, this.steps, (id, told, seen) => {
      if (told.state === "done") this.list.toggle(id, false);
      else if (told.state === "failed" && cases.length > 1 && this.list.has(id)) this.list.toggle(id, true);
      // While the dialog is open it says itself how each stands.
      if (!seen) return this.tell(id, "dispatch", told);
      if (told.state === "failed") this.faults.set(id, told.words);
      else this.faults.delete(id);
      this.list.refill();
    });
  }

  private stageRefusal(stage: string): string {
    const { texts } = this.desk;
    return texts.get("refusal.stage", { stage: texts.among("stage", stage) ?? stage });
  }

  private words(id: string): string {
    const row = this.row(id);
    return this.details.get(id)?.description || (row ? this.desk.names.category(row[2]) : id);
  }
}
