import { ask, newKey } from "../api/http";
import { make, setData, setHidden, setPaper, setText } from "../page/dom";
import { type Action, actionsOf, whoHandedIn } from "./actions";
import { ActionBar, stepKeys } from "./action-bar";
import { type Attempt, Attempts, type Ending } from "./attempts";
import { type CaseFile, openFile } from "./case-file";
import { Catalogue, type Lists } from "./catalogue";
import { button } from "./controls";
import { Drafts } from "./drafts";
import { CaseFacts } from "./facts";
import type { Values } from "./fields";
import { StepForm } from "./form";
import { CaseHead } from "./head";
import { MusterBoard } from "./musters";
import { Nearest } from "./nearest";
import { Proposals } from "./proposals";
import type { CaseDesk } from "./seam";
import { browserStorage } from "./shelf";
import { Story } from "./story";
import { lineOf } from "./timeline";
import type { CaseAnswer, CaseEvent } from "./wire";
import { CaseWords } from "./words";

/** One case with everything about it and everything that can be done with it. */
export class CaseDrawer {
  /** Steps under way, of this case and of others: lists show them as pending. */
  readonly attempts: Attempts;
  private readonly drafts: Drafts;
  private readonly catalogue: Catalogue;
  private readonly words: CaseWords;
  private readonly head: CaseHead;
  private readonly bar: ActionBar;
  private readonly facts: CaseFacts;
  private readonly nearest: Nearest;
  private readonly musters: MusterBoard;
  private readonly proposals: Proposals;
  private readonly story: Story;
  private readonly notice = make("div", "case-notice");
  private readonly past = make("p", "case-past");
  private readonly place = make("div", "case-form");
  private readonly body = make("div", "case-body");
  private file: CaseFile | undefined;
  private form: StepForm | undefined;
  private lists: Lists | undefined;
  private listsFailed = false;
  private squads: readonly string[] = [];
  private before: Element | null = null;
  /** The step whose form a person closed: it is not opened again by itself. */
  private readonly left = new Set<string>();

  constructor(private readonly root: HTMLElement, private readonly desk: CaseDesk) {
    const { texts, me } = desk;
    this.catalogue = new Catalogue(texts.language);
    this.words = new CaseWords(texts, desk.names, desk.places, this.catalogue, (unit) => desk.picture?.units.get(unit)?.[8], me);
    this.drafts = new Drafts(me.id, browserStorage, () => Date.now());
    this.attempts = new Attempts(me.id, {
      storage: browserStorage,
      send: (attempt) => ask<CaseAnswer>(`api/v1/cases/${encodeURIComponent(attempt.case)}/${attempt.step}`, { method: "POST", body: attempt.body, key: attempt.key, ifMatch: `"${attempt.revision}"` }),
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = window.setTimeout(run, ms);
        return () => window.clearTimeout(timer);
      },
      newKey,
    });
    this.head = new CaseHead(this.words, () => this.leave());
    this.bar = new ActionBar(this.words, (step) => this.toggle(step));
    this.facts = new CaseFacts(this.words);
    this.nearest = new Nearest(this.words, desk.places, (unit) => this.openForm("dispatch", { assignee: `unit:${unit}` }), () => {});
    this.musters = new MusterBoard(this.words, (called) => this.openForm("muster", { called }));
    this.proposals = new Proposals(this.words, (step, other) => this.openForm(step, { into: other }), (id) => desk.state.set({ case: id }));
    this.story = new Story(this.words, () => void this.file?.more());
    this.timeZone = root.closest<HTMLElement>("[data-time-zone]")?.dataset["timeZone"] || undefined;
    this.notice.setAttribute("role", "alert");
    setHidden(this.notice, true);
    this.body.append(this.notice, this.bar.root, this.place, this.facts.root, this.proposals.root, this.musters.root, this.nearest.root, this.story.root);
    setText(this.past, texts.get("case.past"));
    setHidden(this.past, true);
    root.append(this.past, this.head.root, this.body);
    root.classList.add("case");
    this.listen();
  }

  private readonly timeZone: string | undefined;

  /** Shows a case. */
  open(id: string): void {
    if (this.file?.id === id) return;
    if (!this.file) this.before = document.activeElement;
    this.file?.stop();
    this.closeForm();
    this.left.clear();
    this.file = openFile(id, () => this.show());
    setHidden(this.root, false);
    this.body.scrollTop = 0;
    this.show();
    // Whoever opened it by hand goes there; a link that was opened leaves the focus where the browser put it.
    if (this.before !== document.body) this.head.focus();
    void this.file.refresh();
    void this.readLists();
  }

  close(): void {
    if (!this.file) return;
    this.file.stop();
    this.file = undefined;
    this.closeForm();
    setHidden(this.root, true);
    if (this.before instanceof HTMLElement && this.before.isConnected) this.before.focus();
    this.before = null;
  }

  private listen(): void {
    const { desk } = this;
    // Coming to a past moment and leaving it.
    desk.onPicture("case-past", (_picture, change) => { if (change.whole) this.show(); });
    desk.onLive("case", (picture, change) => {
      const { file } = this;
      if (!file) return;
      const touched = change.whole || change.cases.some((row) => row[0] === file.id) || change.closed.includes(file.id) || change.events.some((row) => row[2] === file.id);
      if (touched || (file.current && picture.cases.has(file.id) === false && file.absent === "failed")) void file.refresh();
    });
    let next = 0;
    desk.onTick("case", (now) => {
      if (now < next) return;
      next = now + 1_000;
      this.tick(now);
    });
    this.attempts.on({ changed: (id) => { if (id === this.file?.id) this.show(); }, ended: (attempt, ending) => this.ended(attempt, ending) });
    this.attempts.start();
    addEventListener("storage", (event) => { if (event.storageArea === localStorage) this.attempts.follow(event.key === null); });
    addEventListener("online", () => {
      this.attempts.wake();
      if (this.file?.absent === "failed") void this.file.refresh();
    });
    for (const [step, key] of Object.entries(stepKeys))
      desk.shortcuts.register(key, this.keyText(step), () => this.openForm(step), () => this.can(step));
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      event.preventDefault();
      if (this.form) this.toggle(this.form.action.step);
      else this.leave();
    });
  }

  private keyText(step: string): "keys.accept" | "keys.dispatch" | "keys.verify" | "keys.close-case" | "keys.rework" | "keys.whistle" {
    switch (step) {
      case "accept": return "keys.accept";
      case "dispatch": return "keys.dispatch";
      case "verify": return "keys.verify";
      case "close": return "keys.close-case";
      case "rework": return "keys.rework";
      default: return "keys.whistle";
    }
  }

  private tick(now: number): void {
    const { file } = this;
    if (!file) return;
    this.head.tick(this.desk.serverNow());
    if (this.desk.isPast) this.showStory(file);
    else this.nearest.tick(now);
    if (file.current && !this.desk.isPast && this.desk.now() !== undefined) this.musters.show(file.current, this.now, this.can("muster"));
    if ((!this.lists || file.absent === "failed") && now >= this.retryAt) {
      this.retryAt = now + 5_000;
      if (!this.lists) void this.readLists();
      if (file.absent === "failed") void file.refresh();
    }
  }

  private retryAt = 0;

  private async readLists(): Promise<void> {
    if (this.lists) return;
    const lists = await this.catalogue.lists();
    this.listsFailed = lists === undefined;
    if (lists && !this.lists) {
      this.lists = lists;
      void ask<readonly { readonly id: string }[]>("api/v1/squads").then((answer) => {
        if (answer.kind === "ok") this.squads = answer.value.map((squad) => squad.id);
      });
    }
    this.show();
  }

  private get now(): number {
    return this.desk.serverNow() ?? Date.now();
  }

  private get actions(): readonly Action[] {
    const { file, lists } = this;
    return file?.current && lists ? actionsOf(file.current, lists.rules, this.desk.me, whoHandedIn(file.events)) : [];
  }

  private can(step: string): boolean {
    return !this.desk.isPast && this.file !== undefined && !this.attempts.of(this.file.id) && this.actions.some((action) => action.step === step && !action.obstacle);
  }

  private show(): void {
    const { file, desk } = this;
    if (!file) return;
    const one = file.current;
    const attempt = this.attempts.of(file.id);
    this.head.show(file.id, one, attempt, desk.serverNow());
    setHidden(this.past, !desk.isPast);
    this.showNotice(file);
    setData(this.root, "stage", one?.stage ?? "");
    setData(this.root, "revision", one ? String(one.revision) : "");
    for (const part of [this.facts.root, this.story.root]) setHidden(part, !one);
    // What can be done and who is near are of now alone.
    for (const part of [this.bar.root, this.place, this.nearest.root]) setHidden(part, !one || desk.isPast);
    if (!one || desk.isPast) {
      for (const part of [this.musters.root, this.proposals.root]) setHidden(part, true);
      if (one) this.facts.show(one, this.now);
      if (one) this.showStory(file);
      return;
    }
    const { now, actions } = this;
    const drafts = this.drafts.stepsOf(file.id);
    setHidden(this.bar.root, !this.lists);
    this.bar.show({ actions, stage: one.stage, drafts, open: this.form?.action.step, busy: attempt !== undefined });
    this.facts.show(one, now);
    this.proposals.show(one, now, { merge: this.can("merge"), keepApart: this.can("keep-apart") });
    this.musters.show(one, now, this.can("muster"));
    this.nearest.show(one, this.can("dispatch"));
    this.showStory(file);
    this.form?.caseChanged(one, file.last);
    if (attempt && this.form?.action.step === attempt.step) this.form.wait(attempt.state);
    else if (!this.form && !attempt) this.resume(drafts, actions);
  }

  /** What happened; up to the moment that the page shows. */
  private showStory(file: CaseFile): void {
    this.story.show(file, this.now, this.desk.isPast ? this.desk.now() : undefined);
  }

  /** What somebody began and did not send is open again when they come back. */
  private resume(drafts: readonly string[], actions: readonly Action[]): void {
    const step = drafts.find((draft) => !this.left.has(draft) && actions.some((action) => action.step === draft && !action.obstacle));
    if (step !== undefined) this.openForm(step, undefined, false);
  }

  private showNotice(file: CaseFile): void {
    const { texts } = this.desk;
    const words = file.absent === "loading" && !file.current ? texts.get("case.loading")
      : file.absent === "unknown" ? texts.get("case.unknown-id", { id: file.id })
      : file.absent === "ended-session" ? texts.get("case.refused.session")
      : file.absent === "failed" ? texts.get(file.current ? "case.stale" : "case.failed")
      : this.listsFailed ? texts.get("case.rules-failed")
      : "";
    setHidden(this.notice, words === "");
    setData(this.notice, "kind", file.absent === "loading" ? "note" : "fault");
    if (this.notice.dataset["words"] === words) return;
    this.notice.dataset["words"] = words;
    const said = make("p", "", words);
    setPaper(said, words === texts.get("case.loading") ? texts.get("case.unread") : words);
    this.notice.replaceChildren(said);
    if (file.absent === "failed") this.notice.append(button(texts.get("case.retry"), () => void file.refresh(), { small: true }));
  }

  private toggle(step: string): void {
    if (this.form?.action.step === step) {
      this.left.add(step);
      this.closeForm();
      this.show();
      this.bar.button(step)?.focus();
    } else {
      this.openForm(step);
    }
  }

  private openForm(step: string, values?: Values, focus = true): void {
    const { file, lists } = this;
    const one = file?.current;
    const action = this.actions.find((one) => one.step === step && !one.obstacle);
    if (!file || !one || !lists || !action || this.attempts.of(file.id)) return;
    if (this.form?.action.step !== step) {
      const draft = this.drafts.get(file.id, step);
      this.closeForm();
      this.form = new StepForm(action, one, draft ?? {}, draft !== undefined, {
        context: { words: this.words, lists, near: this.nearest.units, squads: this.squads, timeZone: this.timeZone, now: () => this.now },
        send: (name, body, seen, to) => this.attempts.take(file.id, name, body, seen, to),
        keep: (name, typed) => {
          if (!this.drafts.put(file.id, name, typed)) setText(this.keepFault, this.desk.texts.get("case.draft.not-kept"));
        },
        drop: (name) => {
          this.drafts.clear(file.id, name);
          this.left.add(name);
          this.closeForm();
          this.show();
          this.bar.button(name)?.focus();
        },
        close: () => this.toggle(step),
        tell: (event) => this.tell(event),
      });
      this.place.replaceChildren(this.form.root, this.keepFault);
    }
    this.left.delete(step);
    if (values) this.form.fill(values);
    this.show();
    if (focus) {
      this.form?.focus();
      this.form?.root.scrollIntoView({ block: "nearest" });
    }
  }

  private readonly keepFault = make("p", "fault");

  private closeForm(): void {
    this.form = undefined;
    setText(this.keepFault, "");
    this.place.replaceChildren();
  }

  /** How a step ended: confirmed, or rolled back with the reason where it was typed. */
  private ended(attempt: Attempt, ending: Ending): void {
    const { texts } = this.desk;
    const here = this.file?.id === attempt.case ? this.file : undefined;
    const step = this.words.step(attempt.step);
    if (ending.kind === "done") {
      this.drafts.clear(attempt.case, attempt.step);
      if (here && this.form?.action.step === attempt.step) {
        this.closeForm();
        this.head.focus();
      }
      here?.take(ending.case);
      this.desk.announce(texts.get("case.done", { step, id: attempt.case }));
      return;
    }
    if (ending.kind === "elsewhere") {
      void here?.refresh();
      // The window that had the answer took the draft away where the step was taken; else what was typed is still to be sent.
      if (here && this.form?.action.step === attempt.step)
        if (this.drafts.get(attempt.case, attempt.step)) this.form.wait("idle");
        else this.closeForm();
      return;
    }
    if (!here) {
      this.desk.announce(texts.get("case.not-done", { step, id: attempt.case }));
      return;
    }
    if ("case" in ending && ending.case) here.take(ending.case);
    else void here.refresh();
    // What was sent before a reload has its form again, with what was typed.
    if (this.form?.action.step !== attempt.step) this.openForm(attempt.step);
    if (this.form?.action.step !== attempt.step) {
      this.desk.announce(texts.get("case.not-done", { step, id: attempt.case }));
      return;
    }
    if (ending.kind === "conflict") this.form.conflict(ending.case ?? here.current!, ending.lastStep);
    else if (ending.kind === "refused") this.form.refused(ending.problem, ending.again);
    else this.form.givenUp();
  }

  private tell(event: CaseEvent): readonly string[] {
    const line = lineOf(event, this.words, this.now);
    return [[line.who, line.title, this.words.moment(line.at, this.now)].filter((word) => word !== "").join(" · "), ...line.details, ...line.said];
  }

  private leave(): void {
    this.desk.state.set({ case: "" });
    this.close();
  }
}
