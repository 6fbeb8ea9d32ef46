import { ask, type Outcome } from "../api/http";
import type { CaseAnswer, CaseEvent, CaseHistory } from "./wire";

/** Why there is no case to show. `ended-session`: the desk is closed and the person has to sign in again. */
export type Absent = "loading" | "unknown" | "ended-session" | "failed";

export interface CaseFileParts {
  readonly read: <Value>(path: string, unless?: string) => Promise<Outcome<Value>>;
  readonly changed: () => void;
}

/** Events a page of the history. */
const pageSize = 200;

/**
 * One case as the server has it, with its history. It is read again whenever the feed says that it changed, and only then;
 * what is the same is not sent twice. While it cannot be read, the last that was read stays, and says so.
 */
export class CaseFile {
  private etag: string | undefined;
  private reading = false;
  private again = false;
  private ended = false;
  private next: string | undefined;

  current: CaseAnswer | undefined;
  absent: Absent | undefined = "loading";
  events: readonly CaseEvent[] = [];
  /** Whether the newest events are read; the older ones come first. */
  historyState: "loading" | "ready" | "failed" = "loading";
  truncated = false;
  /** The case's revision when the history was last asked for. */
  private told = -1;

  constructor(readonly id: string, private readonly parts: CaseFileParts) {}

  /** Whether there is more of the history. */
  get hasMore(): boolean {
    return this.next !== undefined;
  }

  /** The newest event; undefined while the history is older than the case, for then it would name somebody else's. */
  get last(): CaseEvent | undefined {
    return this.current !== undefined && this.told >= this.current.revision && this.next === undefined ? this.events.at(-1) : undefined;
  }

  /** The drawer shows another case: nothing calls back any more. */
  stop(): void {
    this.ended = true;
  }

  /** Reads what changed. A call while one is under way is not lost. */
  async refresh(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    try {
      do {
        this.again = false;
        await this.readOnce();
      } while (this.again && !this.ended);
    } finally {
      this.reading = false;
    }
  }

  /** What the answer to a step said: no need to ask for it. */
  take(answer: CaseAnswer): void {
    if (answer.id !== this.id || (this.current && answer.revision < this.current.revision)) return;
    this.current = answer;
    this.etag = `"${answer.revision}"`;
    this.absent = undefined;
    this.parts.changed();
    void this.readHistory();
  }

  /** Reads the next page of the history. */
  async more(): Promise<void> {
    if (this.next === undefined) return;
    await this.readHistory(1);
  }

  private async readOnce(): Promise<void> {
    const answer = await this.parts.read<CaseAnswer>(`api/v1/cases/${encodeURIComponent(this.id)}`, this.current && this.etag);
    if (this.ended) return;
    if (answer.kind === "ok") {
      // An answer that was overtaken by a step's own is older than what is shown.
      if (this.current && answer.value.revision < this.current.revision) return;
      this.current = answer.value;
      this.etag = answer.etag ?? `"${answer.value.revision}"`;
      this.absent = undefined;
      this.parts.changed();
      await this.readHistory();
      return;
    }
    if (answer.kind === "refused" && answer.problem.status === 304) this.absent = undefined;
    else if (answer.kind === "refused" && answer.problem.status === 404) this.absent = "unknown";
    else if (answer.kind === "refused" && (answer.problem.status === 401 || answer.problem.status === 403)) this.absent = "ended-session";
    else this.absent = "failed";
    this.parts.changed();
    if (this.historyState === "failed" && this.absent === undefined) await this.readHistory();
  }

  /** Reads on from the last event that is known, to the end of the page that it asks for; what happened before never changes. */
  private async readHistory(pages = Number.POSITIVE_INFINITY): Promise<void> {
    const known = this.events.length;
    const asked = this.current?.revision ?? -1;
    // A case of ten thousand events is shown page by page; an ordinary one is shown to its end.
    const most = Math.min(pages, known === 0 ? 1 : 5);
    for (let page = 0; page < most; page++) {
      const after = this.events.length;
      const cursor = after > 0 ? `&cursor=${after}` : "";
      const answer = await this.parts.read<CaseHistory>(`api/v1/cases/${encodeURIComponent(this.id)}/history?limit=${pageSize}${cursor}`);
      if (this.ended) return;
      if (answer.kind !== "ok") {
        this.historyState = "failed";
        break;
      }
      // Two readings at once may bring the same events.
      const news = answer.value.events.filter((event) => event.number > this.events.length);
      this.events = [...this.events, ...news];
      this.next = answer.value.next;
      this.truncated = answer.value.truncated === true;
      this.historyState = "ready";
      if (this.next === undefined) {
        this.told = Math.max(this.told, asked);
        break;
      }
    }
    this.parts.changed();
  }
}

/** A file whose answers come from the server. */
export function openFile(id: string, changed: () => void): CaseFile {
  return new CaseFile(id, { read: (path, unless) => ask(path, { unless }), changed });
}
