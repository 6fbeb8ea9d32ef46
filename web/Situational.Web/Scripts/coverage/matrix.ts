import { make, setData, setText } from "../page/dom";
import { gapOf, type GridShares, percentOf } from "./answer";

/** Rows drawn beyond each edge, and rows that are drawn at most for a print. */
const beyond = 6;
const printed = 500;

export interface MatrixWords {
  /** What the table is, for who listens. */
  readonly label: string;
  readonly grid: string;
  /** Names of the columns, the running period first. */
  readonly periods: readonly string[];
  /** Share of all rows by column. */
  readonly sums: readonly string[];
  /** Where a grid lies. */
  readonly placeOf: (code: string) => string;
}

/**
 * Grids by periods. Only the rows in sight are in the document, whatever their number; the focus is on one cell, which stays there when it is
 * scrolled away, and moves by the arrows, Home, End and the pages.
 */
export class Matrix {
  private readonly head = make("div", "coverage-head");
  private readonly body = make("div", "coverage-body");
  private readonly drawn = new Map<string, HTMLElement>();
  /** Rows that went out of sight, to be used again: making them takes most of the time. */
  private readonly spare: HTMLElement[] = [];
  private rows: readonly GridShares[] = [];
  private words: MatrixWords | undefined;
  private chosen = "";
  private shown = "";
  private active = { row: 0, column: 0 };
  private rowHeight = 28;
  private due = false;
  private printing = false;

  /** @param choose a row was chosen, with its column: 0 for the name, 1 for the running period and so on. */
  constructor(readonly root: HTMLElement, private readonly choose: (code: string, column: number) => void) {
    root.setAttribute("role", "grid");
    this.head.setAttribute("role", "row");
    this.head.setAttribute("aria-rowindex", "1");
    this.body.setAttribute("role", "rowgroup");
    root.append(this.head, this.body);
    root.addEventListener("scroll", () => this.redraw(), { passive: true });
    root.addEventListener("keydown", (event) => this.press(event));
    this.body.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.redraw()).observe(root);
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
  }

  /** Whether somebody is about to point at a row, or stands on one: then rows stay where they are. */
  get isBusy(): boolean {
    return this.body.matches(":hover") || this.root.contains(document.activeElement);
  }

  /** The codes in the order in which they are shown. */
  get order(): readonly string[] {
    return this.rows.map(({ code }) => code);
  }

  show(rows: readonly GridShares[], words: MatrixWords): void {
    this.rows = rows;
    this.words = words;
    this.root.setAttribute("aria-label", words.label);
    this.root.setAttribute("aria-rowcount", String(rows.length + 1));
    this.root.setAttribute("aria-colcount", String(words.periods.length + 1));
    this.rowHeight = Number.parseFloat(getComputedStyle(this.root).getPropertyValue("--row-pixels")) || this.rowHeight;
    this.root.style.setProperty("--periods", String(words.periods.length));
    this.drawHead(words);
    this.active = { row: Math.max(0, Math.min(this.active.row, rows.length - 1)), column: Math.min(this.active.column, words.periods.length) };
    this.draw();
  }

  /** Marks the row of a grid, and within it the column of a period; empty for none. */
  mark(code: string, period: string): void {
    [this.chosen, this.shown] = [code, period];
    this.draw();
  }

  /** Brings the row of a grid into sight, if it is not there already. The focus stays where it is. */
  reveal(code: string): void {
    const row = this.rows.findIndex((grid) => grid.code === code);
    if (row < 0) return;
    if (!this.root.contains(document.activeElement)) this.active = { ...this.active, row };
    this.scrollTo(row);
    this.draw();
  }

  private drawHead(words: MatrixWords): void {
    const names = [words.grid, ...words.periods];
    while (this.head.children.length > names.length) this.head.lastElementChild?.remove();
    names.forEach((name, column) => {
      let cell = this.head.children[column] as HTMLElement | undefined;
      if (!cell) {
        cell = make("div", "coverage-column");
        cell.setAttribute("role", "columnheader");
        cell.setAttribute("aria-colindex", String(column + 1));
        cell.append(make("span", "coverage-period"), make("span", "coverage-sum"));
        this.head.append(cell);
      }
      setText(cell.firstElementChild!, name);
      setText(cell.lastElementChild!, column === 0 ? "" : words.sums[column - 1] ?? "");
    });
  }

  private redraw(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.draw();
    });
  }

  private draw(): void {
    const { words } = this;
    if (!words) return;
    this.body.style.height = `${this.rows.length * this.rowHeight}px`;
    const height = this.root.clientHeight || 600;
    const first = this.printing ? 0 : Math.max(0, Math.floor(this.root.scrollTop / this.rowHeight) - beyond);
    const last = Math.min(this.rows.length, this.printing ? printed : first + Math.ceil(height / this.rowHeight) + 2 * beyond);
    const wanted = new Map<string, number>();
    for (let row = first; row < last; row++) wanted.set(this.rows[row]!.code, row);
    // The cell that has the focus stays in the document, so that the keys go on from there.
    const stands = this.rows[this.active.row];
    if (stands) wanted.set(stands.code, this.active.row);

    for (const [code, element] of this.drawn)
      if (!wanted.has(code)) {
        this.drawn.delete(code);
        this.spare.push(element);
      }
    const stays = document.activeElement?.closest(".coverage-row");
    let after: Element | null = null;
    for (const [code, row] of [...wanted].sort((a, b) => a[1] - b[1])) {
      let element = this.drawn.get(code);
      if (!element) this.drawn.set(code, element = this.makeRow(code));
      this.fill(element, row, words);
      const next: Element | null = after ? after.nextElementSibling : this.body.firstElementChild;
      // A row that is moved loses the focus; the one that has it stays, and the others go around it.
      if (next !== element && !(element === stays && element.isConnected)) this.body.insertBefore(element, next);
      after = element;
    }
    for (const element of this.spare) element.remove();
    this.spare.length = Math.min(this.spare.length, 2 * beyond);
  }

  private makeRow(code: string): HTMLElement {
    const spare = this.spare.pop();
    if (spare) {
      spare.dataset["code"] = code;
      return spare;
    }
    const row = make("div", "coverage-row");
    row.setAttribute("role", "row");
    row.dataset["code"] = code;
    const name = make("div", "coverage-grid");
    name.setAttribute("role", "rowheader");
    name.setAttribute("aria-colindex", "1");
    name.append(make("span", "coverage-name"), make("span", "coverage-place"));
    row.append(name);
    return row;
  }

  private fill(element: HTMLElement, row: number, words: MatrixWords): void {
    const grid = this.rows[row]!;
    const top = `translateY(${row * this.rowHeight}px)`;
    if (element.style.transform !== top) element.style.transform = top;
    element.setAttribute("aria-rowindex", String(row + 2));
    element.setAttribute("aria-selected", String(grid.code === this.chosen));
    const name = element.firstElementChild as HTMLElement;
    setText(name.firstElementChild!, grid.name);
    setText(name.lastElementChild!, words.placeOf(grid.code));
    if (name.title !== grid.code) name.title = grid.code;
    while (element.children.length > grid.shares.length + 1) element.lastElementChild?.remove();
    grid.shares.forEach((share, period) => {
      let cell = element.children[period + 1] as HTMLElement | undefined;
      if (!cell) {
        cell = make("div", "coverage-cell");
        cell.setAttribute("role", "gridcell");
        cell.setAttribute("aria-colindex", String(period + 2));
        cell.append(make("span", "coverage-share"));
        element.append(cell);
      }
      setText(cell.firstElementChild!, percentOf(share));
      setData(cell, "gap", String(gapOf(share)));
      const bar = `${Math.round(share * 100)}%`;
      if (cell.style.getPropertyValue("--share") !== bar) cell.style.setProperty("--share", bar);
      setData(cell, "shown", String(grid.code === this.chosen && words.periods[period] === this.shown));
    });
    for (let column = 0; column < element.children.length; column++) {
      const cell = element.children[column] as HTMLElement;
      const stop = row === this.active.row && column === this.active.column ? 0 : -1;
      if (cell.getAttribute("tabindex") !== String(stop)) cell.tabIndex = stop;
    }
  }

  private click(event: MouseEvent): void {
    const cell = (event.target as Element | null)?.closest<HTMLElement>(".coverage-cell, .coverage-grid");
    const element = cell?.closest<HTMLElement>(".coverage-row");
    if (!cell || !element) return;
    const code = element.dataset["code"] ?? "";
    const column = [...element.children].indexOf(cell);
    this.go(this.rows.findIndex((row) => row.code === code), column);
    this.choose(code, column);
  }

  private press(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const { row, column } = this.active;
    const page = Math.max(1, Math.floor((this.root.clientHeight || 600) / this.rowHeight) - 2);
    const end = this.words?.periods.length ?? 0;
    const target = ((): readonly [number, number] | undefined => {
      switch (event.key) {
        case "ArrowDown": return [row + 1, column];
        case "ArrowUp": return [row - 1, column];
        case "ArrowRight": return [row, column + 1];
        case "ArrowLeft": return [row, column - 1];
        case "PageDown": return [row + page, column];
        case "PageUp": return [row - page, column];
        case "Home": return [event.ctrlKey ? 0 : row, 0];
        case "End": return [event.ctrlKey ? this.rows.length - 1 : row, end];
        default: return undefined;
      }
    })();
    if (target) {
      event.preventDefault();
      this.go(target[0], target[1]);
    } else if (event.key === "Enter" || event.key === " ") {
      const grid = this.rows[row];
      if (!grid) return;
      event.preventDefault();
      this.choose(grid.code, column);
    }
  }

  /** Puts the focus on a cell, in sight. */
  private go(row: number, column: number): void {
    if (this.rows.length === 0) return;
    this.active = { row: Math.max(0, Math.min(row, this.rows.length - 1)), column: Math.max(0, Math.min(column, this.words?.periods.length ?? 0)) };
    this.scrollTo(this.active.row);
    this.draw();
    const cell = this.drawn.get(this.rows[this.active.row]!.code)?.children[this.active.column] as HTMLElement | undefined;
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }

  private scrollTo(row: number): void {
    const [top, seen] = [row * this.rowHeight, this.root.clientHeight - this.head.offsetHeight];
    if (seen <= 0) return;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + this.rowHeight > this.root.scrollTop + seen) this.root.scrollTop = top + this.rowHeight - seen;
  }

  private print(on: boolean): void {
    this.printing = on;
    this.draw();
  }
}
