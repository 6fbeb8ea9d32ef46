import type { Attempt, Attempts, Ending } from "../case/attempts";
import type { CaseAnswer, CaseEvent, StepBody } from "../case/wire";
import { ask, type Outcome } from "../api/http";
import { assigneeOf, severityNames, stageOf, stageWords } from "../desk/cases";
import { refusalWords } from "../desk/refusals";
import type { CaseRow } from "../feed";
import type { Texts } from "../page/texts";

/** How a step stands, as far as anybody knows. */
export type Told =
  | { readonly state: "sending" | "done" }
  /** No answer came: it is asked again with the same key until one comes. */
  | { readonly state: "unknown"; readonly words: string }
  | { readonly state: "failed"; readonly words: string };

export interface ListStepsParts {
  readonly texts: Texts;
  readonly attempts: Attempts;
  /** A row looks other than before. */
  readonly changed: () => void;
  /** How a step ended that this page did not take from the list, such as one from before a reload. */
  readonly ended: (attempt: Attempt, told: Told) => void;
  readonly read?: (id: string) => Promise<Outcome<CaseAnswer>>;
}

/** The stage that a step of the list leads to. */
const leadsTo = { accept: "accepted", dispatch: "dispatched", verify: "verified" } as const;

/**
 * Steps taken from rows. The feed has no revisions, so the case is read first: where it is what the row shows, the step is taken with what was
 * read, and refused by the server if anybody comes in between; where it is not, somebody else was first and nothing is sent.
 */
export class ListSteps {
  private readonly reading = new Set<string>();
  private readonly tellers = new Map<string, (told: Told) => void>();
  private readonly read: (id: string) => Promise<Outcome<CaseAnswer>>;

  constructor(private readonly parts: ListStepsParts) {
    this.read = parts.read ?? ((id) => ask<CaseAnswer>(`api/v1/cases/${encodeURIComponent(id)}`));
    parts.attempts.on({
      changed: (id) => {
        const attempt = parts.attempts.of(id);
        if (attempt?.state === "unknown") this.tellers.get(attempt.key)?.({ state: "unknown", words: parts.texts.get("duty.unknown") });
        parts.changed();
      },
      ended: (attempt, ending) => {
        const teller = this.tellers.get(attempt.key);
        this.tellers.delete(attempt.key);
        if (ending.kind !== "elsewhere") (teller ?? ((told) => parts.ended(attempt, told)))(this.toldOf(ending));
        else if (teller) void this.look(attempt).then(teller);
      },
    });
  }

  /** Whether a step is under way with a case. */
  isBusy(id: string): boolean {
    return this.reading.has(id) || this.parts.attempts.of(id) !== undefined;
  }

  /**
   * Takes a step with the case of a row as it is shown. Resolves once something is known, or that nothing is.
   * @param tell how it stands, again whenever that is other than before, also after this has resolved
   */
  async take(row: CaseRow, step: keyof typeof leadsTo, body: StepBody, tell: (told: Told) => void): Promise<void> {
    const { attempts, texts } = this.parts;
    const id = row[0];
    if (this.isBusy(id)) return tell({ state: "failed", words: texts.get("refusal.under-way") });
    tell({ state: "sending" });
    this.reading.add(id);
    this.parts.changed();
    const outcome = await this.read(id);
    this.reading.delete(id);
    this.parts.changed();
    if (outcome.kind === "unreachable") return tell({ state: "failed", words: texts.get("refusal.not-sent") });
    if (outcome.kind === "refused") return tell({ state: "failed", words: refusalWords(texts, outcome) });
    const one = outcome.value;
    if (!isAsShown(one, row)) return tell({ state: "failed", words: this.changedWords(one, undefined) });
    await new Promise<void>((known) => {
      if (!attempts.take(id, step, body, { revision: one.revision, stage: one.stage }, leadsTo[step])) {
        tell({ state: "failed", words: texts.get("refusal.under-way") });
        return known();
      }
      this.tellers.set(attempts.of(id)!.key, (told) => {
        tell(told);
        known();
      });
    });
  }

  /** Another window had the answer: what it was is seen by the case. */
  private async look(attempt: Attempt): Promise<Told> {
    const { texts } = this.parts;
    const outcome = await this.read(attempt.case);
    if (outcome.kind !== "ok") return { state: "failed", words: refusalWords(texts, outcome) };
    return outcome.value.stage === attempt.to ? { state: "done" } : { state: "failed", words: this.changedWords(outcome.value, undefined) };
  }

  private toldOf(ending: Exclude<Ending, { kind: "elsewhere" }>): Told {
    const { texts } = this.parts;
    switch (ending.kind) {
      case "done": return { state: "done" };
      case "conflict": return { state: "failed", words: this.changedWords(ending.case, ending.lastStep) };
      case "refused": return { state: "failed", words: refusalWords(texts, ending) };
      case "given-up": return { state: "failed", words: texts.get("case.given-up") };
    }
  }

  /** Somebody else was first: who, with what, and what the case is now. */
  private changedWords(one: CaseAnswer | undefined, last: CaseEvent | undefined): string {
    const { texts } = this.parts;
    const words = texts.get("refusal.changed");
    if (!one) return words;
    const stage = texts.get("duty.now-stage", { stage: stageWords(texts, one.stage) });
    if (!last) return `${words} · ${stage}`;
    const step = texts.among("happened", last.what) ?? texts.among("step", last.what) ?? last.what;
    const who = last.by?.id ?? (last.by ? texts.among("role", last.by.role) ?? last.by.role : "");
    return [words, [who, step].filter(Boolean).join(" "), stage].join(" · ");
  }
}

/** Whether a case is what its row says, in what a person decides by. */
function isAsShown(one: CaseAnswer, row: CaseRow): boolean {
  return one.stage === stageOf(row) && one.severity === severityNames[row[3]] && (one.assignee ? `${one.assignee.kind}:${one.assignee.id}` : "") === assigneeOf(row);
}
