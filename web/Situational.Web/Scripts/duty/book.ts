import type { CaseRow } from "../feed";
import { stageNames } from "../desk/cases";
import { byDeadline, type Filter, passesRest, passesStage } from "./filter";
import { type Move, SortedRows } from "./sorted-rows";

/** The open cases of the area that pass a filter, in the order of their deadlines, and how many there are by stage. */
export class CaseBook {
  readonly rows = new SortedRows<CaseRow>((row) => row[0], byDeadline);
  /** Cases by the number of their stage that pass the filter but for its stages. */
  readonly byStage = new Int32Array(stageNames.length);
  private readonly passing = new Map<string, number>();
  private found: ReadonlySet<string> = new Set();

  constructor(private filter: Filter) {}

  /** Takes every row anew, by another filter. */
  reset(rows: Iterable<CaseRow>, filter: Filter, found: ReadonlySet<string>): void {
    [this.filter, this.found] = [filter, found];
    this.byStage.fill(0);
    this.passing.clear();
    const shown: CaseRow[] = [];
    for (const row of rows) {
      if (!passesRest(filter, row, found)) continue;
      this.count(row[0], row[4]);
      if (passesStage(filter, row)) shown.push(row);
    }
    this.rows.reset(shown);
  }

  put(row: CaseRow): Move {
    this.uncount(row[0]);
    if (!passesRest(this.filter, row, this.found)) return this.rows.remove(row[0]);
    this.count(row[0], row[4]);
    return passesStage(this.filter, row) ? this.rows.put(row) : this.rows.remove(row[0]);
  }

  remove(id: string): Move {
    this.uncount(id);
    return this.rows.remove(id);
  }

  private count(id: string, stage: number): void {
    this.passing.set(id, stage);
    this.byStage[stage]!++;
  }

  private uncount(id: string): void {
    const stage = this.passing.get(id);
    if (stage === undefined) return;
    this.passing.delete(id);
    this.byStage[stage]!--;
  }
}
