import { ask, type Outcome } from "../api/http";
import { levelNames, severityNames, stageNames } from "../desk/cases";
import type { CaseRow } from "../feed";
import type { CaseDetail, CasesPage } from "./details";

const pageSize = 50;

/** Cases that have ended, the newest report first: read from the API page by page as the list is scrolled. */
export class EndedCases {
  readonly rows: CaseRow[] = [];
  failed = false;
  private readonly places = new Map<string, number>();
  private next: string | undefined | null = null;
  private asking: AbortController | undefined;
  private query = new URLSearchParams();

  constructor(private readonly arrived: (cases: readonly CaseDetail[]) => void, private readonly asker: (path: string, signal: AbortSignal) => Promise<Outcome<CasesPage>> = (path, signal) => ask<CasesPage>(path, { signal })) {}

  get length(): number {
    return this.rows.length;
  }

  /** Whether the first page is still on its way. */
  get loading(): boolean {
    return this.rows.length === 0 && this.asking !== undefined;
  }

  /** Whether there may be more than what was read. */
  get isPartial(): boolean {
    return this.next !== undefined;
  }

  idAt(index: number): string | undefined {
    return this.rows[index]?.[0];
  }

  indexOf(id: string): number {
    return this.places.get(id) ?? -1;
  }

  get(id: string): CaseRow | undefined {
    return this.rows[this.indexOf(id)];
  }

  /** Forgets all and reads the first page of others. */
  load(query: URLSearchParams): void {
    this.clear();
    this.query = query;
    this.next = null;
    void this.more();
  }

  /** Forgets all and asks for nothing. */
  clear(): void {
    this.asking?.abort();
    this.asking = undefined;
    this.rows.length = 0;
    this.places.clear();
    this.next = undefined;
    this.failed = false;
  }

  /** The list shows rows up to this one: reads on when they come to an end. */
  seen(last: number): void {
    if (last >= this.rows.length - 10 && !this.asking && !this.failed && this.next) void this.more();
  }

  private async more(): Promise<void> {
    const asking = this.asking = new AbortController();
    const query = new URLSearchParams(this.query);
    query.set("limit", String(pageSize));
    if (this.next) query.set("cursor", this.next);
    let outcome: Outcome<CasesPage>;
    try {
      outcome = await this.asker(`api/v1/cases?${query}`, asking.signal);
    } catch {
      // Another list was asked for meanwhile.
      return;
    }
    if (this.asking !== asking) return;
    this.asking = undefined;
    this.failed = outcome.kind !== "ok";
    if (outcome.kind !== "ok") return this.arrived([]);
    this.next = outcome.value.next ?? undefined;
    for (const one of outcome.value.cases) {
      if (this.places.has(one.id)) continue;
      this.places.set(one.id, this.rows.length);
      this.rows.push(rowOf(one));
    }
    this.arrived(outcome.value.cases);
  }
}

/** A case of the API as a row of the feed. */
export function rowOf(one: CaseDetail): CaseRow {
  const time = (value: string | null | undefined): number => value ? Date.parse(value) || 0 : 0;
  const number = (names: readonly string[], name: string): number => Math.max(0, names.indexOf(name));
  return [
    one.id, one.grid, one.category, number(severityNames, one.severity), number(stageNames, one.stage), Math.round(one.lat * 1e6), Math.round(one.lon * 1e6),
    time(one.reportedAt), time(one.dueAt), number(levelNames, one.level), 0, "", 0, 0, 0, one.assignee ? `${one.assignee.kind}:${one.assignee.id}` : "",
  ];
}
