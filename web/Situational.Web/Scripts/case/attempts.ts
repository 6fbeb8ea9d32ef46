import type { Outcome, Problem } from "../api/http";
import { type Kept, Shelf } from "./shelf";
import type { CaseAnswer, CaseEvent, StepBody } from "./wire";

/** A step that was sent and is not known to be taken yet. One a case at a time. */
export interface Attempt {
  /** The `Idempotency-Key`: the same for every try, also after a reload. */
  readonly key: string;
  readonly case: string;
  readonly step: string;
  readonly body: StepBody;
  /** The revision that the person saw. */
  readonly revision: number;
  /** The stage that the case had, and the one it has once the step is taken; the same where the step keeps it. */
  readonly from: string;
  readonly to: string;
  /** When it was first sent, ms. */
  readonly at: number;
  /** `unknown`: no answer came, nobody knows whether it was taken; it is tried again with the same key. */
  readonly state: "sending" | "unknown";
}

/** How an attempt ended. */
export type Ending =
  | { readonly kind: "done"; readonly case: CaseAnswer }
  /** Somebody else changed the case first. */
  | { readonly kind: "conflict"; readonly case: CaseAnswer | undefined; readonly lastStep: CaseEvent | undefined }
  /** Nothing was recorded. `again`: the same may be sent again, as it is. */
  | { readonly kind: "refused"; readonly problem: Problem; readonly again: boolean; readonly case: CaseAnswer | undefined }
  /** Too long without an answer: nobody will find out by trying again. */
  | { readonly kind: "given-up" }
  /** Another window of the same person had the answer, and says it. */
  | { readonly kind: "elsewhere" };

export interface AttemptsParts {
  /** Undefined where the browser keeps nothing: attempts then end with the page. */
  readonly storage: () => Kept | undefined;
  readonly send: (attempt: Attempt) => Promise<Outcome<CaseAnswer>>;
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly newKey: () => string;
}

export interface AttemptsListener {
  /** A case has an attempt, has it no longer, or its state changed. */
  readonly changed?: (caseId: string) => void;
  readonly ended?: (attempt: Attempt, ending: Ending) => void;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** The server remembers keys for as long as it keeps the case open, and longer than this. */
const givenUpMs = 24 * 3_600_000;
/** A window that made an attempt has had its answer by then, or is gone: another one asks. */
const adoptedMs = 30_000;
/** Attempts at a time: what a person can have under way with the network gone. */
const most = 200;

/**
 * Steps under way. A step shows at once as taken, as pending; it is confirmed by the answer or rolled back by it. Where no
 * answer comes it is neither: it is sent again with its key, after a reload too, until an answer comes. The server takes a key once.
 * All windows of a person know of all their steps: each attempt has its own place in the storage, and a window that is closed leaves
 * its attempts to the others.
 */
export class Attempts {
  private readonly shelf: Shelf<Attempt>;
  private readonly pending = new Map<string, Attempt>();
  private readonly failures = new Map<string, number>();
  private readonly pauses = new Map<string, () => void>();
  private readonly listeners = new Set<AttemptsListener>();
  private readonly keysToRepeat = new Map<string, { readonly key: string; readonly said: string }>();
  /** Keys of attempts that the storage took: where one is gone from there, another window had the answer. */
  private readonly kept = new Set<string>();

  constructor(person: string, private readonly parts: AttemptsParts) {
    this.shelf = new Shelf("attempts", person, parts.storage, isAttempt);
    for (const attempt of this.shelf.all().values()) {
      this.kept.add(attempt.key);
      if (!this.pending.has(attempt.case)) this.pending.set(attempt.case, attempt);
    }
  }

  /** Sends again what the page before did not hear about. */
  start(): void {
    for (const attempt of [...this.pending.values()]) void this.send(attempt);
  }

  /** Another window of the person wrote into the storage. @param cleared it was emptied, by whoever did that */
  follow(cleared = false): void {
    if (cleared) for (const attempt of this.pending.values()) this.keep(attempt);
    const there = this.shelf.all();
    for (const attempt of [...this.pending.values()]) {
      const other = there.get(attempt.key);
      if (!other && this.kept.has(attempt.key)) this.end(attempt, { kind: "elsewhere" });
      else if (other && other.state !== attempt.state) this.show(other);
    }
    for (const attempt of there.values()) if (!this.pending.has(attempt.case)) this.adopt(attempt);
  }

  on(listener: AttemptsListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  of(caseId: string): Attempt | undefined {
    return this.pending.get(caseId);
  }

  get all(): Iterable<Attempt> {
    return this.pending.values();
  }

  /** Sends a step. Returns false when one is under way for the case, or too many are. */
  take(caseId: string, step: string, body: StepBody, seen: { readonly revision: number; readonly stage: string }, to: string | undefined): boolean {
    if (this.pending.has(caseId) || this.pending.size >= most) return false;
    // What was refused for now and is sent again unchanged is the same attempt; anything else is another.
    const said = JSON.stringify([step, body, seen.revision]);
    const before = this.keysToRepeat.get(caseId);
    const key = before?.said === said ? before.key : this.parts.newKey();
    this.keysToRepeat.delete(caseId);
    const attempt: Attempt = { key, case: caseId, step, body, revision: seen.revision, from: seen.stage, to: to ?? seen.stage, at: this.parts.now(), state: "sending" };
    this.set(attempt);
    void this.send(attempt);
    return true;
  }

  /** The network may be back: nothing sits out its pause. */
  wake(): void {
    for (const [caseId, cancel] of [...this.pauses]) {
      cancel();
      this.pauses.delete(caseId);
      const attempt = this.pending.get(caseId);
      if (attempt) void this.send(attempt);
    }
  }

  private async send(attempt: Attempt): Promise<void> {
    const outcome = await this.parts.send(attempt);
    // Another window of the same person may have heard the answer first; the key makes that harmless.
    if (this.pending.get(attempt.case)?.key !== attempt.key) return;
    if (outcome.kind === "ok") return this.end(attempt, { kind: "done", case: outcome.value });
    if (outcome.kind === "unreachable" || isSilence(outcome.problem)) return this.pause(attempt);
    const { problem } = outcome;
    const now = caseOf(problem.said["case"]);
    if (problem.status === 412) return this.end(attempt, { kind: "conflict", case: now, lastStep: eventOf(problem.said["lastStep"]) });
    const again = problem.status === 503 || problem.status === 429 || problem.status === 401;
    if (again) this.keysToRepeat.set(attempt.case, { key: attempt.key, said: JSON.stringify([attempt.step, attempt.body, attempt.revision]) });
    this.end(attempt, { kind: "refused", problem, again, case: now });
  }

  private pause(attempt: Attempt): void {
    if (this.parts.now() - attempt.at > givenUpMs) return this.end(attempt, { kind: "given-up" });
    const failures = (this.failures.get(attempt.case) ?? 0) + 1;
    this.failures.set(attempt.case, failures);
    const waiting: Attempt = { ...attempt, state: "unknown" };
    this.set(waiting);
    this.later(waiting, Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 10)));
  }

  /** Takes an attempt of another window as one to be seen to the end, should that window not. */
  private adopt(attempt: Attempt): void {
    this.kept.add(attempt.key);
    this.show(attempt);
    this.later(attempt, adoptedMs);
  }

  private later(attempt: Attempt, ms: number): void {
    this.pauses.get(attempt.case)?.();
    this.pauses.set(attempt.case, this.parts.after(ms, () => {
      this.pauses.delete(attempt.case);
      void this.send(attempt);
    }));
  }

  private set(attempt: Attempt): void {
    this.keep(attempt);
    this.show(attempt);
  }

  /** Where there is no room it still stands in this page. */
  private keep(attempt: Attempt): void {
    if (this.shelf.put(attempt.key, attempt)) this.kept.add(attempt.key);
  }

  private show(attempt: Attempt): void {
    this.pending.set(attempt.case, attempt);
    for (const listener of this.listeners) listener.changed?.(attempt.case);
  }

  private end(attempt: Attempt, ending: Ending): void {
    this.pending.delete(attempt.case);
    this.failures.delete(attempt.case);
    this.pauses.get(attempt.case)?.();
    this.pauses.delete(attempt.case);
    for (const listener of this.listeners) listener.ended?.(attempt, ending);
    // After the listeners: what they take away with it, such as a draft, is gone before other windows hear of this.
    this.shelf.remove(attempt.key);
    this.kept.delete(attempt.key);
    for (const listener of this.listeners) listener.changed?.(attempt.case);
    // Two windows may have tried with the same case: the other attempt is still to be seen to its end.
    for (const other of this.shelf.all().values()) if (other.case === attempt.case && !this.pending.has(other.case)) this.adopt(other);
  }
}

/** A proxy that lost the server, or a server that failed halfway, says nothing about whether the step was taken. */
function isSilence({ status }: Problem): boolean {
  return status >= 500 && status !== 503 && status !== 501 && status !== 507;
}

function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== "object" || value === null) return false;
  const attempt = value as Partial<Attempt>;
  return typeof attempt.key === "string" && typeof attempt.case === "string" && typeof attempt.step === "string" && typeof attempt.at === "number"
    && typeof attempt.revision === "number" && typeof attempt.body === "object" && attempt.body !== null && typeof attempt.from === "string" && typeof attempt.to === "string";
}

function caseOf(value: unknown): CaseAnswer | undefined {
  return typeof value === "object" && value !== null && typeof (value as CaseAnswer).revision === "number" ? value as CaseAnswer : undefined;
}

function eventOf(value: unknown): CaseEvent | undefined {
  return typeof value === "object" && value !== null && typeof (value as CaseEvent).what === "string" ? value as CaseEvent : undefined;
}
