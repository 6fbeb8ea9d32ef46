import type { Values } from "./fields";
import { type Kept, Shelf } from "./shelf";

interface Draft {
  readonly case: string;
  readonly step: string;
  readonly at: number;
  readonly values: Values;
}

/** Drafts at a time, the oldest goes first; and the longest that is kept, in characters. */
const most = 60;
const longest = 20_000;
const keptMs = 7 * 86_400_000;

/**
 * Half-written forms of one person, by case and step. They survive a reload, a closed browser and the end of the session,
 * and end when the step was taken, when the person drops them, or after seven days. Each has its own place in the storage:
 * several windows of the same person write at the same time.
 */
export class Drafts {
  private readonly shelf: Shelf<Draft>;

  /** @param storage undefined where the browser keeps nothing; drafts then last as long as the page. */
  constructor(person: string, storage: () => Kept | undefined, private readonly now: () => number) {
    this.shelf = new Shelf("drafts", person, storage, isDraft);
  }

  get(caseId: string, step: string): Values | undefined {
    const draft = this.shelf.get(idOf(caseId, step));
    return draft && draft.at > this.now() - keptMs ? draft.values : undefined;
  }

  /** The steps of a case that somebody began, the newest first. */
  stepsOf(caseId: string): readonly string[] {
    const oldest = this.now() - keptMs;
    return [...this.shelf.all().values()].filter((draft) => draft.case === caseId && draft.at > oldest).sort((one, other) => other.at - one.at).map((draft) => draft.step);
  }

  /** Keeps what was typed; nothing typed is no draft. Returns false when it is too long to be kept. */
  put(caseId: string, step: string, values: Values): boolean {
    const id = idOf(caseId, step);
    if (!Object.values(values).some((value) => value.length > 0)) {
      this.shelf.remove(id);
      return true;
    }
    const draft: Draft = { case: caseId, step, at: this.now(), values };
    if (JSON.stringify(draft).length > longest) return false;
    const isKept = this.shelf.put(id, draft);
    this.tidy();
    return isKept;
  }

  clear(caseId: string, step: string): void {
    this.shelf.remove(idOf(caseId, step));
  }

  /** Takes away what is too old, and the oldest of too many. */
  private tidy(): void {
    const oldest = this.now() - keptMs;
    [...this.shelf.all()].sort(([, one], [, other]) => other.at - one.at).forEach(([id, { at }], place) => { if (place >= most || at <= oldest) this.shelf.remove(id); });
  }
}

function idOf(caseId: string, step: string): string {
  return `${caseId} ${step}`;
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const draft = value as Partial<Draft>;
  return typeof draft.case === "string" && typeof draft.step === "string" && typeof draft.at === "number" && typeof draft.values === "object" && draft.values !== null;
}
