/** What a list shows: rows by key, in order. */
export interface RowSource<Item> {
  readonly key: (item: Item) => string;
  readonly make: () => HTMLElement;
  readonly fill: (row: HTMLElement, item: Item) => void;
}

/**
 * A list whose rows keep their element while they change place, so that they slide there.
 * Rows stand at `--place` times the row's height; the style sheet moves them.
 */
export class Rows<Item> {
  private readonly shown = new Map<string, HTMLElement>();

  constructor(private readonly list: HTMLElement, private readonly source: RowSource<Item>) {}

  show(items: readonly Item[]): void {
    const left = new Set(this.shown.keys());
    let after: Element | null = null;
    items.forEach((item, place) => {
      const key = this.source.key(item);
      left.delete(key);
      let row = this.shown.get(key);
      if (!row) {
        row = this.source.make();
        row.dataset["key"] = key;
        row.classList.add("arriving");
        row.addEventListener("animationend", (event) => (event.currentTarget as HTMLElement).classList.remove("arriving"), { once: true });
        this.shown.set(key, row);
      }
      this.source.fill(row, item);
      const position = String(place);
      if (row.style.getPropertyValue("--place") !== position) row.style.setProperty("--place", position);
      // The order in the document is the order on the screen: for the keyboard, and for whoever listens.
      const next: Element | null = after ? after.nextElementSibling : this.list.firstElementChild;
      if (next !== row) this.put(row, next);
      after = row;
    });
    for (const key of left) {
      this.shown.get(key)?.remove();
      this.shown.delete(key);
    }
  }

  /** A row that is taken out and put in again loses its slide; browsers that can move it keep that. */
  private put(row: HTMLElement, next: Element | null): void {
    if (row.parentNode === this.list && "moveBefore" in this.list) this.list.moveBefore(row, next);
    else this.list.insertBefore(row, next);
  }
}

/** Runs at once, then at most every `ms`; the last call is never lost. */
export class Paced {
  private next = Number.NEGATIVE_INFINITY;
  private due = false;

  constructor(private readonly ms: number, private readonly run: () => void) {}

  /** Something changed. */
  mark(): void {
    this.due = true;
  }

  /** Everything is to be shown anew, whatever the pace. */
  hasten(): void {
    this.due = true;
    this.next = Number.NEGATIVE_INFINITY;
  }

  /** Called on every tick of the page with the monotonic time in ms. */
  tick(now: number): void {
    if (!this.due || now < this.next) return;
    this.due = false;
    this.next = now + this.ms;
    this.run();
  }
}
