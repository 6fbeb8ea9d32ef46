import { ask, type Outcome } from "../api/http";
import type { CasesPage } from "./details";

const pageSize = 200;
/** Cases that a text may find. */
const foundMost = 1_000;
/** Pause before the server is asked again while cases come in, ms. */
const againMs = 15_000;

/** Which open cases of an area hold a text: the feed has no descriptions, so the server is asked. */
export class TextFinder {
  found: ReadonlySet<string> = new Set();
  /** Whether an answer is awaited that the list must wait for, too. */
  searching = false;
  failed = false;
  private key = "";
  private asking: AbortController | undefined;
  private askedAt = 0;
  private stale = false;

  constructor(private readonly changed: () => void, private readonly asker: (path: string, signal: AbortSignal) => Promise<Outcome<CasesPage>> = (path, signal) => ask<CasesPage>(path, { signal })) {}

  /** @param now monotonic ms */
  look(text: string, area: string, now: number): void {
    const key = text === "" ? "" : `${area} ${text}`;
    if (key === this.key) return;
    this.key = key;
    this.asking?.abort();
    this.asking = undefined;
    this.found = new Set();
    this.failed = false;
    this.searching = key !== "";
    if (key !== "") void this.ask(text, area, now);
  }

  /** There are new cases: they may hold the text, too. */
  markStale(): void {
    this.stale = true;
  }

  /** @param now monotonic ms */
  tick(text: string, area: string, now: number): void {
    if (this.key === "" || this.asking || !(this.stale || this.failed) || now - this.askedAt < againMs) return;
    void this.ask(text, area, now);
  }

  private async ask(text: string, area: string, now: number): Promise<void> {
    const asking = this.asking = new AbortController();
    [this.askedAt, this.stale] = [now, false];
    const found = new Set<string>();
    let next: string | null | undefined;
    let failed = false;
    do {
      const query = new URLSearchParams({ text, limit: String(pageSize), order: "due", stage: "reported,accepted,dispatched,handling,handled,verified,returned,rework,suspended" });
      if (area !== "") query.set("area", area);
      if (next) query.set("cursor", next);
      let outcome: Outcome<CasesPage>;
      try {
        outcome = await this.asker(`api/v1/cases?${query}`, asking.signal);
      } catch {
        // Another text was typed meanwhile.
        return;
      }
      if (outcome.kind !== "ok") {
        failed = true;
        break;
      }
      for (const { id } of outcome.value.cases) found.add(id);
      next = outcome.value.next;
    } while (next && found.size < foundMost);
    if (this.asking !== asking) return;
    this.asking = undefined;
    this.searching = false;
    this.failed = failed;
    if (!failed) this.found = found;
    this.changed();
  }
}
