/** What became of a row in the order. */
export type Move = "same" | "moved" | "came" | "left";

/**
 * Rows in order, kept so while single rows come, change and go: each takes a binary search and one shift of what is behind it. Comparing must
 * tell any two rows with different keys apart.
 */
export class SortedRows<Row> {
  private rows: Row[] = [];
  private readonly byKey = new Map<string, Row>();

  constructor(private readonly keyOf: (row: Row) => string, private readonly compare: (one: Row, other: Row) => number) {}

  get length(): number {
    return this.rows.length;
  }

  at(index: number): Row | undefined {
    return this.rows[index];
  }

  get(key: string): Row | undefined {
    return this.byKey.get(key);
  }

  /** Place of a key, or -1. */
  indexOf(key: string): number {
    const row = this.byKey.get(key);
    return row === undefined ? -1 : this.placeOf(row);
  }

  keys(): string[] {
    return this.rows.map(this.keyOf);
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.rows[Symbol.iterator]();
  }

  /** Forgets all and takes these, sorted once. The last of those with the same key counts. */
  reset(rows: Iterable<Row>): void {
    this.byKey.clear();
    for (const row of rows) this.byKey.set(this.keyOf(row), row);
    this.rows = [...this.byKey.values()].sort(this.compare);
  }

  /** Takes a row in the place of the one with its key. */
  put(row: Row): Move {
    const key = this.keyOf(row);
    const before = this.byKey.get(key);
    this.byKey.set(key, row);
    if (before === undefined) {
      this.rows.splice(this.placeOf(row), 0, row);
      return "came";
    }
    const place = this.placeOf(before);
    if (this.compare(before, row) === 0) {
      this.rows[place] = row;
      return "same";
    }
    this.rows.splice(place, 1);
    const next = this.placeOf(row);
    this.rows.splice(next, 0, row);
    return next === place ? "same" : "moved";
  }

  remove(key: string): Move {
    const row = this.byKey.get(key);
    if (row === undefined) return "same";
    this.rows.splice(this.placeOf(row), 1);
    this.byKey.delete(key);
    return "left";
  }

  /** Index of the first row that does not come before this one. */
  private placeOf(row: Row): number {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(this.rows[middle]!, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
