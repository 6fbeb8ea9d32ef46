import type { Desk } from "../desk/shell";
import { make, setData, setHidden, setSign, setText, sign } from "../page/dom";
import type { TextKey } from "../page/texts";
import type { CaseWords } from "../case/words";
import { lowBattery, type RosterOrder, type RosterRow, sorted, urgencyOf } from "./roster";
import type { Squad } from "./squad";

/** The columns that there are, and by what a click on one sorts. */
const columns: readonly { readonly name: string; readonly text: TextKey; readonly order: RosterOrder }[] = [
  { name: "unit", text: "roster.unit", order: "call-sign" },
  { name: "state", text: "roster.state", order: "urgency" },
  { name: "fix", text: "roster.fix", order: "fix" },
  { name: "battery", text: "roster.battery", order: "battery" },
  { name: "grid", text: "roster.grid", order: "grid" },
  { name: "task", text: "roster.task", order: "tasks" },
  { name: "duty", text: "roster.duty", order: "urgency" },
];

/** Ages go on while nothing comes: they are written anew this often, ms. */
const paceMs = 1_000;

/** One row a unit: who needs somebody comes first. Rows keep their element, so that focus and selection stay where they are. */
export class RosterTable {
  private readonly body = make("tbody", "");
  private readonly note = make("p", "quiet");
  private readonly table = make("table", "roster-table");
  private readonly shown = new Map<string, Line>();
  private readonly collator: Intl.Collator;
  private next = 0;
  private dirty = true;
  private under = false;

  constructor(root: HTMLElement, private readonly desk: Desk, private readonly squad: Squad, private readonly words: CaseWords, private readonly choose: (unit: string) => void) {
    this.collator = new Intl.Collator(desk.texts.language, { numeric: true });
    const caption = make("caption", "unseen", desk.texts.get("roster.title"));
    const head = make("thead", "");
    const row = make("tr", "");
    for (const column of columns) row.append(this.heading(column));
    head.append(row);
    this.table.append(caption, head, this.body);
    root.append(this.table, this.note);
    // Never under the pointer: the order holds while somebody is about to click.
    this.body.addEventListener("pointerenter", () => { this.under = true; });
    this.body.addEventListener("pointerleave", () => {
      this.under = false;
      this.dirty = true;
    });
    squad.on(() => { this.dirty = true; });
    desk.state.on((changed) => {
      if (["sort", "down", "unit"].some((name) => changed.has(name))) this.show();
    });
    desk.onTick("roster", (now) => {
      if (!this.dirty && now < this.next) return;
      this.next = now + paceMs;
      this.show();
    });
  }

  /** Goes to the next or the previous unit, as the rows stand. */
  step(by: 1 | -1): void {
    const buttons = [...this.body.querySelectorAll<HTMLButtonElement>(".roster-name")];
    const chosen = this.desk.state.get("unit");
    const at = buttons.findIndex((button) => button.closest<HTMLElement>("tr")?.dataset["unit"] === chosen);
    const next = buttons[at < 0 ? (by > 0 ? 0 : buttons.length - 1) : at + by];
    next?.click();
    next?.focus();
  }

  private get order(): RosterOrder {
    const asked = this.desk.state.get("sort");
    return columns.find(({ order }) => order === asked)?.order ?? "urgency";
  }

  private heading({ name, text, order }: (typeof columns)[number]): HTMLElement {
    const cell = make("th", `roster-${name}`);
    cell.setAttribute("scope", "col");
    cell.dataset["order"] = order;
    cell.dataset["column"] = name;
    const button = make("button", "roster-sort", this.desk.texts.get(text)) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => {
      const down = this.order === order && this.desk.state.get("down") === "" ? "1" : "";
      this.desk.state.set({ sort: order === "urgency" ? "" : order, down }, true);
    });
    cell.append(button);
    return cell;
  }

  private show(): void {
    this.dirty = false;
    const { desk, squad } = this;
    const down = desk.state.get("down") === "1";
    for (const cell of this.table.querySelectorAll<HTMLElement>("th[data-order]")) {
      const isSorted = cell.dataset["order"] === this.order && cell.dataset["column"] !== "duty";
      cell.setAttribute("aria-sort", isSorted ? (down ? "descending" : "ascending") : "none");
    }
    const rows = sorted(squad.rows, this.order, down, (code) => desk.places.name(code), this.collator);
    this.place(rows);
    const chosen = desk.state.get("unit");
    const now = desk.now();
    for (const row of rows) this.shown.get(row.id)?.fill(row, row.id === chosen, now);
    const note = this.noteOf(rows.length);
    setText(this.note, note ? desk.texts.get(note) : "");
    setHidden(this.note, note === undefined);
    setHidden(this.table, rows.length === 0);
  }

  private noteOf(rows: number): TextKey | undefined {
    switch (this.squad.known) {
      case "none": return "roster.choose";
      case "loading": return rows === 0 ? "roster.loading" : undefined;
      case "failed": return "roster.failed";
      case "missing": return "roster.missing";
      case "stale": return "roster.stale";
      case "past": return rows === 0 ? "roster.past-none" : "roster.past";
      default: return rows === 0 ? "roster.none" : undefined;
    }
  }

  /** Brings the lines into order; the ones that are there already keep their place while the pointer is on them. */
  private place(rows: readonly RosterRow[]): void {
    const left = new Set(this.shown.keys());
    const order = this.under && rows.every(({ id }) => left.has(id)) && rows.length === left.size ? [] : rows;
    for (const { id } of rows) left.delete(id);
    for (const id of left) {
      this.shown.get(id)?.element.remove();
      this.shown.delete(id);
    }
    let after: Element | null = null;
    for (const { id } of order) {
      let line = this.shown.get(id);
      if (!line) this.shown.set(id, line = new Line(this.desk, this.words, () => this.choose(id)));
      const next: Element | null = after ? after.nextElementSibling : this.body.firstElementChild;
      if (next !== line.element) this.body.insertBefore(line.element, next);
      after = line.element;
    }
  }
}

/** One unit's row. */
class Line {
  readonly element = make("tr", "roster-row");
  private readonly cells: Readonly<Record<string, HTMLElement>>;
  private readonly name = make("button", "roster-name") as HTMLButtonElement;
  private readonly state = make("span", "");
  private readonly stateSign = sign(0);
  private tasks = "";

  constructor(private readonly desk: Desk, private readonly words: CaseWords, choose: () => void) {
    const cells: Record<string, HTMLElement> = {};
    for (const { name } of columns) {
      const cell = cells[name] = make(name === "unit" ? "th" : "td", `roster-${name}`);
      if (name === "unit") cell.setAttribute("scope", "row");
      this.element.append(cell);
    }
    this.cells = cells;
    this.name.type = "button";
    this.name.addEventListener("click", choose);
    cells["unit"]!.append(this.name);
    cells["state"]!.append(this.stateSign, this.state);
  }

  fill(row: RosterRow, chosen: boolean, now: number | undefined): void {
    const { texts, places } = this.desk;
    setText(this.name, row.callSign);
    this.name.setAttribute("aria-pressed", String(chosen));
    setData(this.element, "unit", row.id);
    setData(this.element, "urgency", String(urgencyOf(row)));
    setData(this.element, "chosen", String(chosen));
    const state = row.sosAt !== undefined ? "sos" : !row.onDuty ? "off" : String(row.state ?? 3);
    setData(this.element, "unitState", state);
    setSign(this.stateSign, 0, state === "sos" ? "sign-1" : state === "off" ? "sign-0" : `unit-${state}`);
    setText(this.state, state === "sos" ? texts.get("roster.sos") : state === "off" ? texts.get("roster.off") : texts.among("unit", state) ?? state);
    setText(this.cells["fix"]!, row.fixAt === undefined ? "—" : now === undefined ? texts.time(row.fixAt) : texts.get("roster.ago", { age: texts.age(Math.max(0, now - row.fixAt)) }));
    const low = row.battery !== undefined && row.battery < lowBattery;
    setText(this.cells["battery"]!, row.battery === undefined ? "—" : texts.get(low ? "roster.battery.low" : "roster.battery.is", { n: row.battery }));
    setData(this.cells["battery"]!, "low", String(low));
    setText(this.cells["grid"]!, row.grid === undefined ? "—" : row.enteredAt === undefined || now === undefined ? places.name(row.grid)
      : texts.get("roster.in", { grid: places.name(row.grid), age: texts.age(Math.max(0, now - row.enteredAt)) }));
    setText(this.cells["duty"]!, texts.get(row.onDuty ? "roster.on" : "roster.off") + (row.since === undefined ? "" : ` · ${texts.time(row.since)}`));
    this.fillTasks(row, now);
  }

  private fillTasks(row: RosterRow, now: number | undefined): void {
    const { texts, names } = this.desk;
    const cell = this.cells["task"]!;
    const key = row.tasks.map((task) => task[0]).join();
    if (key !== this.tasks || cell.childElementCount === 0) {
      this.tasks = key;
      cell.replaceChildren(...(row.tasks.length === 0 ? [make("span", "quiet", texts.get("roster.free"))] : []), ...row.tasks.slice(0, 2).map((task) => {
        const link = make("a", "roster-case") as HTMLAnchorElement;
        link.href = `duty?case=${encodeURIComponent(task[0])}`;
        link.dataset["case"] = task[0];
        link.append(sign(task[3]), make("span", "", names.category(task[2])), make("small", ""));
        return link;
      }), ...(row.tasks.length > 2 ? [make("small", "quiet", texts.get("roster.more", { n: row.tasks.length - 2 }))] : []));
    }
    row.tasks.slice(0, 2).forEach((task, index) => {
      const due = cell.querySelectorAll("a")[index]?.querySelector("small");
      if (due) setText(due, task[8] && now !== undefined ? this.words.countdown({ dueAt: task[8], level: task[9] }, now) : "");
    });
  }
}
