import { ask, type Outcome } from "../api/http";

/** Of a case, as the API answers it, what the feed does not have. */
export interface CaseDetail {
  readonly id: string;
  readonly revision: number;
  readonly grid: string;
  readonly category: string;
  readonly severity: string;
  readonly stage: string;
  readonly description: string;
  readonly lat: number;
  readonly lon: number;
  readonly reportedAt: string;
  readonly updatedAt: string;
  readonly closedAt?: string | null;
  readonly dueAt?: string | null;
  readonly level: string;
  readonly assignee?: { readonly kind: string; readonly id: string } | null;
}

export interface CasesPage {
  readonly cases: readonly CaseDetail[];
  readonly next?: string | null;
}

type Asker = (path: string) => Promise<Outcome<CasesPage>>;

/** Ids that one question may have. */
const batchMost = 100;
/** Pause before a question, so that a scrolled list asks once, ms; and after one that failed. */
const gatherMs = 80;
const failedMs = 3_000;

/** Descriptions of cases, asked for in batches as rows come into sight, and kept for the newest that were looked at. */
export class Details {
  private readonly known = new Map<string, CaseDetail>();
  private readonly wanted = new Set<string>();
  private readonly asking = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param arrived called when some have come. @param limit how many are kept. */
  constructor(private readonly arrived: () => void, private readonly limit = 3_000, private readonly asker: Asker = (path) => ask<CasesPage>(path)) {}

  get size(): number {
    return this.known.size;
  }

  get(id: string): CaseDetail | undefined {
    return this.known.get(id);
  }

  /** These are in sight, and no others: what is not known of them is asked for. */
  want(ids: Iterable<string>): void {
    this.wanted.clear();
    for (const id of ids) {
      const detail = this.known.get(id);
      if (detail) {
        // The last looked at are the last to go.
        this.known.delete(id);
        this.known.set(id, detail);
      } else if (!this.asking.has(id)) {
        this.wanted.add(id);
      }
    }
    if (this.wanted.size > 0) this.schedule(gatherMs);
  }

  put(details: readonly CaseDetail[]): void {
    for (const detail of details) {
      this.known.delete(detail.id);
      this.known.set(detail.id, detail);
    }
    for (const id of this.known.keys()) {
      if (this.known.size <= this.limit) break;
      this.known.delete(id);
    }
  }

  private schedule(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.ask();
    }, ms);
  }

  private async ask(): Promise<void> {
    const ids = [...this.wanted].slice(0, batchMost);
    if (ids.length === 0) return;
    for (const id of ids) {
      this.wanted.delete(id);
      this.asking.add(id);
    }
    const outcome = await this.asker(`api/v1/cases?ids=${ids.map(encodeURIComponent).join(",")}`);
    for (const id of ids) this.asking.delete(id);
    if (outcome.kind === "ok") {
      this.put(outcome.value.cases);
      this.arrived();
      if (this.wanted.size > 0) this.schedule(gatherMs);
    } else {
      for (const id of ids) this.wanted.add(id);
      this.schedule(failedMs);
    }
  }
}
