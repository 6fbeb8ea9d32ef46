import { part, setData } from "../page/dom";
import { scrollFor, windowOf } from "./window";

/** The rows of a list, by their place. */
export interface ListSource {
  readonly length: number;
  idAt(index: number): string | undefined;
  indexOf(id: string): number;
}

export interface ListHooks {
  readonly make: () => HTMLElement;
  /** Fills the row of a case. */
  readonly fill: (row: HTMLElement, id: string) => void;
  /** These rows are in the document. */
  readonly seen: (ids: readonly string[], last: number) => void;
  readonly open: (id: string) => void;
  readonly selected: (count: number) => void;
  /** Somebody came to the list with the pointer or the keyboard, or left it. */
  readonly held: (held: boolean) => void;
}

/** Height of a row, CSS pixels; the style sheet has the same. */
export const rowHeight = 52;
const spareRows = 6;
/** Rows that a printed page has. */
export const printMost = 300;
/** Cases that can be selected together. */
export const selectMost = 200;

/**
 * A list of any length of which only the rows in sight are in the document. It is one stop of the Tab key; arrows move the current row. Rows are
 * chosen by their boxes, by Shift, or with the Space key.
 */
export class CaseList {
  readonly selection = new Set<string>();
  private readonly scroller: HTMLElement;
  private readonly space: HTMLElement;
  private readonly rows = new Map<number, HTMLElement>();
  private readonly spareElements: HTMLElement[] = [];
  private currentId = "";
  private anchor = -1;
  private pointer = false;
  private byKeys = false;
  private wasHeld = false;
  private printing = false;
  private serial = 0;

  constructor(root: HTMLElement, private source: ListSource, private readonly hooks: ListHooks) {
    this.scroller = part(root, "list");
    this.space = part(root, "list-rows");
    this.scroller.addEventListener("scroll", () => this.render(), { passive: true });
    new ResizeObserver(() => this.render()).observe(this.scroller);
    // What floats over the list belongs to it: a pointer that gets under it has not left.
    const room = part(root, "list-room");
    room.addEventListener("pointerenter", (event) => this.setPointer(event.pointerType !== "touch"));
    room.addEventListener("pointerleave", () => this.setPointer(false));
    this.scroller.addEventListener("pointerdown", () => { this.byKeys = false; });
    this.scroller.addEventListener("focusin", () => this.hold());
    this.scroller.addEventListener("focusout", () => {
      this.byKeys = false;
      this.hold();
    });
    this.scroller.addEventListener("keydown", (event) => this.press(event));
    this.space.addEventListener("mousedown", (event) => { if (event.shiftKey) event.preventDefault(); });
    this.space.addEventListener("click", (event) => this.click(event));
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
  }

  get current(): string {
    return this.currentId;
  }

  /** Whether someone is at the list: then no row may move. */
  get isHeld(): boolean {
    return this.pointer || (this.byKeys && this.scroller.contains(document.activeElement));
  }

  use(source: ListSource): void {
    if (source === this.source) return;
    this.source = source;
    this.anchor = -1;
    this.top();
  }

  top(): void {
    this.scroller.scrollTop = 0;
    this.render();
  }

  /** Puts the rows that are in sight into the document and fills them. */
  render(): void {
    const { length } = this.source;
    const { first, last } = this.printing
      ? { first: 0, last: Math.min(length, printMost) }
      : windowOf(this.scroller.scrollTop, this.scroller.clientHeight, rowHeight, length, spareRows);
    const height = `${(this.printing ? last : length) * rowHeight}px`;
    if (this.space.style.height !== height) this.space.style.height = height;
    for (const [index, element] of this.rows)
      if (index < first || index >= last) {
        this.rows.delete(index);
        element.remove();
        this.spareElements.push(element);
      }
    const ids: string[] = [];
    for (let index = first; index < last; index++) {
      const id = this.source.idAt(index);
      if (id === undefined) continue;
      ids.push(id);
      this.fill(this.elementAt(index), index, id);
    }
    this.spareElements.length = Math.min(this.spareElements.length, 2 * spareRows);
    this.point();
    this.hooks.seen(ids, last);
  }

  /** Fills the rows that are there, without a look at which should be. */
  refill(): void {
    for (const [index, element] of this.rows) {
      const id = this.source.idAt(index);
      if (id !== undefined) this.fill(element, index, id);
    }
  }

  /** Moves the current row, and the keyboard to the list. */
  move(by: number): void {
    this.byKeys = true;
    this.scroller.focus({ preventScroll: true });
    this.hold();
    const at = this.source.indexOf(this.currentId);
    const from = at >= 0 ? at : by > 0 ? Math.ceil(this.scroller.scrollTop / rowHeight) - 1 : 0;
    this.go(from + by);
  }

  /** Makes a case the current one, without a move of the keyboard. */
  choose(id: string): void {
    this.currentId = id;
    this.render();
  }

  toggle(id: string, on = !this.selection.has(id)): void {
    if (on && this.selection.size < selectMost) this.selection.add(id);
    if (!on) this.selection.delete(id);
    this.anchor = this.source.indexOf(id);
    this.selectionChanged();
  }

  /** Whether a case is on the list. */
  has(id: string): boolean {
    return this.source.indexOf(id) >= 0;
  }

  /** Keeps of the selection what passes. */
  keep(passes: (id: string) => boolean): void {
    for (const id of this.selection) if (!passes(id)) this.selection.delete(id);
    this.selectionChanged();
  }

  private selectionChanged(): void {
    this.refill();
    this.hooks.selected(this.selection.size);
  }

  private elementAt(index: number): HTMLElement {
    let element = this.rows.get(index);
    if (element) return element;
    element = this.spareElements.pop();
    if (!element) {
      element = this.hooks.make();
      element.id = `case-row-${this.serial++}`;
      element.setAttribute("role", "option");
    }
    this.rows.set(index, element);
    element.style.transform = `translateY(${index * rowHeight}px)`;
    // The order in the document is the order on the screen, for whoever listens.
    let next: HTMLElement | null = null;
    for (let after = index + 1; after <= index + 3 && !next; after++) next = this.rows.get(after) ?? null;
    this.space.insertBefore(element, next);
    return element;
  }

  private fill(element: HTMLElement, index: number, id: string): void {
    setData(element, "id", id);
    setData(element, "current", String(id === this.currentId));
    const selected = String(this.selection.has(id));
    if (element.getAttribute("aria-selected") !== selected) element.setAttribute("aria-selected", selected);
    element.setAttribute("aria-posinset", String(index + 1));
    element.setAttribute("aria-setsize", String(this.source.length));
    this.hooks.fill(element, id);
  }

  private go(index: number): void {
    const next = Math.min(this.source.length - 1, Math.max(0, index));
    const id = this.source.idAt(next);
    if (id === undefined) return;
    this.currentId = id;
    this.scroller.scrollTop = scrollFor(next, this.scroller.scrollTop, this.scroller.clientHeight, rowHeight);
    this.render();
  }

  /** Tells who listens which row is the current one. */
  private point(): void {
    let pointed = "";
    for (const element of this.rows.values()) if (element.dataset["id"] === this.currentId && this.currentId !== "") pointed = element.id;
    if (pointed === "") this.scroller.removeAttribute("aria-activedescendant");
    else this.scroller.setAttribute("aria-activedescendant", pointed);
  }

  private setPointer(inside: boolean): void {
    this.pointer = inside;
    this.hold();
  }

  private hold(): void {
    const held = this.isHeld;
    if (held === this.wasHeld) return;
    this.wasHeld = held;
    this.hooks.held(held);
  }

  private press(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.defaultPrevented) return;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.source.length, End: this.source.length };
    const by = moves[event.key];
    if (by !== undefined && !event.ctrlKey) {
      event.preventDefault();
      const before = this.currentId;
      this.move(by);
      if (event.shiftKey && before !== "") this.extend(this.source.indexOf(before), this.source.indexOf(this.currentId));
    } else if (event.key === " " && this.currentId !== "") {
      event.preventDefault();
      this.byKeys = true;
      this.toggle(this.currentId);
    } else if (event.key === "a" && event.ctrlKey) {
      event.preventDefault();
      this.extend(0, this.source.length - 1);
    }
  }

  private click(event: MouseEvent): void {
    const target = event.target as Element;
    const id = target.closest<HTMLElement>("[data-id]")?.dataset["id"];
    if (id === undefined) return;
    if (event.shiftKey) return this.extend(this.anchor >= 0 ? this.anchor : this.source.indexOf(id), this.source.indexOf(id));
    if (target.closest("[data-box]") || event.ctrlKey || event.metaKey) return this.toggle(id);
    this.currentId = id;
    this.refill();
    this.point();
    this.hooks.open(id);
  }

  private extend(from: number, to: number): void {
    for (let at = Math.min(from, to); at <= Math.max(from, to) && this.selection.size < selectMost; at++) {
      const id = this.source.idAt(at);
      if (id !== undefined) this.selection.add(id);
    }
    this.selectionChanged();
  }

  private print(on: boolean): void {
    this.printing = on;
    this.render();
  }
}
