import type { Values } from "./fields";

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

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
 * and end when the step was taken, when the person drops them, or after seven days. Every access reads the storage anew:
 * another window of the same person may have written in between.
 */
export class Drafts {
  private readonly name: string;

  /** @param storage undefined where the browser keeps nothing; drafts then last as long as the page. */
  constructor(person: string, private readonly storage: () => Kept | undefined, private readonly now: () => number) {
    this.name = `situational.drafts.${person}`;
  }

  private memory: string | null = null;

  get(caseId: string, step: string): Values | undefined {
    return this.read().find((draft) => draft.case === caseId && draft.step === step)?.values;
  }

  /** The steps of a case that somebody began, the newest first. */
  stepsOf(caseId: string): readonly string[] {
    return this.read().filter((draft) => draft.case === caseId).map((draft) => draft.step);
  }

  /** Keeps what was typed; nothing typed is no draft. Returns false when it is too long to be kept. */
  put(caseId: string, step: string, values: Values): boolean {
    const others = this.read().filter((draft) => draft.case !== caseId || draft.step !== step);
    const filled = Object.values(values).some((value) => value.length > 0);
    if (!filled) return this.write(others);
    const draft: Draft = { case: caseId, step, at: this.now(), values };
    if (JSON.stringify(draft).length > longest) return false;
    return this.write([draft, ...others].slice(0, most));
  }

  clear(caseId: string, step: string): void {
    this.put(caseId, step, {});
  }

  private read(): readonly Draft[] {
    try {
      const kept: unknown = JSON.parse(this.storage()?.getItem(this.name) ?? this.memory ?? "[]");
      const oldest = this.now() - keptMs;
      return Array.isArray(kept) ? kept.filter((draft): draft is Draft => isDraft(draft) && draft.at > oldest) : [];
    } catch {
      return [];
    }
  }

  private write(drafts: readonly Draft[]): boolean {
    const json = JSON.stringify(drafts);
    this.memory = json;
    try {
      if (drafts.length === 0) this.storage()?.removeItem(this.name);
      else this.storage()?.setItem(this.name, json);
      return true;
    } catch {
      // The browser's room is full: what is typed stays in this page.
      return false;
    }
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const draft = value as Partial<Draft>;
  return typeof draft.case === "string" && typeof draft.step === "string" && typeof draft.at === "number" && typeof draft.values === "object" && draft.values !== null;
}

/** The browser's storage, or undefined where it is set to keep nothing. */
export function browserStorage(): Kept | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
