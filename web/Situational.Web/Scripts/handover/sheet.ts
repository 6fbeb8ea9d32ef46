import type { Names } from "../page/names";
import type { Places } from "../page/places";
import type { Texts } from "../page/texts";
import { make, sign } from "../page/dom";
import { symbol } from "../case/controls";
import type { CaseWords } from "../case/words";
import { levelOf, severityOf } from "../case/wire";
import { figureNames, listNames, type Plan, plans, type ShiftAnswer, type ShiftCase } from "./shift";

/** The part of the sheet that follows from the answer: figures and lists, as much of them as one sheet holds. */
export class Sheet {
  constructor(
    private readonly figures: HTMLElement, private readonly lists: HTMLElement, private readonly texts: Texts, private readonly names: Names,
    private readonly places: Places, private readonly words: CaseWords,
  ) {}

  /** Shows it, and takes rows away until it fits. */
  show(shift: ShiftAnswer): void {
    this.figures.replaceChildren(...this.figuresOf(shift));
    this.fit(shift);
  }

  /** Fits the lists into the room that the rest of the sheet leaves. Each plan is shorter than the one before, so the first that fits is found by halves. */
  fit(shift: ShiftAnswer): void {
    const all = [...plans(listNames.map((name) => shift[name].first.length))];
    let [from, to] = [0, all.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.fits(shift, all[middle]!)) to = middle;
      else from = middle + 1;
    }
    this.fits(shift, all[from]!);
  }

  private fits(shift: ShiftAnswer, plan: Plan): boolean {
    this.lists.replaceChildren(...this.listsOf(shift, plan));
    this.lists.dataset["short"] = String(plan.short);
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.lists;
    return scrollWidth <= clientWidth + 1 && scrollHeight <= clientHeight + 1;
  }

  private figuresOf(shift: ShiftAnswer): readonly Node[] {
    const { texts } = this;
    const table = make("table", "figures-table");
    const head = make("tr", "");
    head.append(cell("th", ""));
    for (const name of figureNames) {
      const title = cell("th", this.figureName(name), "col");
      const severity = severityOf(name);
      if (severity > 0) title.prepend(sign(severity));
      head.append(title);
    }
    const then = make("tr", "");
    const now = make("tr", "");
    const change = make("tr", "figures-change");
    then.append(cell("th", texts.get("handover.then", { time: this.moment(shift.since) }), "row"));
    now.append(cell("th", texts.get("handover.now", { time: this.moment(shift.asOf) }), "row"));
    change.append(cell("th", texts.get("handover.change"), "row"));
    for (const name of figureNames) {
      then.append(cell("td", texts.number(shift.then[name])));
      const present = cell("td", "");
      present.append(make("strong", "", texts.number(shift.now[name])));
      now.append(present);
      change.append(cell("td", texts.change(shift.now[name] - shift.then[name])));
    }
    table.append(head, then, now, change);
    const flow = make("p", "flow");
    for (const [key, value] of [["handover.opened", shift.opened], ["handover.closed", shift.closed], ["handover.ended", shift.endedOtherwise], ["handover.became-overdue", shift.becameOverdue]] as const) {
      const item = make("span", "");
      item.append(make("span", "", texts.get(key)), " ", make("strong", "", texts.number(value)));
      flow.append(item);
    }
    return [table, flow];
  }

  private figureName(name: typeof figureNames[number]): string {
    switch (name) {
      case "overdue": return this.texts.get("handover.overdue");
      case "escalated": return this.texts.get("handover.escalated");
      case "whistles": return this.texts.get("handover.whistles");
      default: return this.words.severity(name);
    }
  }

  private listsOf(shift: ShiftAnswer, plan: Plan): readonly Node[] {
    const { texts } = this;
    const now = Date.parse(shift.asOf);
    const nodes: Node[] = [];
    if (shift.sos.length > 0) {
      const list = make("ul", "rows");
      for (const call of shift.sos.slice(0, 6)) {
        const item = make("li", "row row-sos");
        item.append(symbol("sign-sos"), make("span", "row-what", [call.callSign, call.grid === undefined ? "" : this.places.name(call.grid)].filter((part) => part !== "").join(" · ")), make("span", "row-when", this.moment(call.at)));
        list.append(item);
      }
      nodes.push(this.block(texts.get("handover.sos"), shift.sos.length, list, Math.min(6, shift.sos.length)));
    }
    listNames.forEach((name, at) => {
      const { total, first } = shift[name];
      const shown = first.slice(0, plan.rows[at]);
      const list = make("ol", "rows");
      for (const one of shown) list.append(this.row(one, now, plan.short));
      nodes.push(this.block(this.listName(name), total, list, shown.length));
    });
    const silent = make("p", "silent", shift.silent.first.map((code) => this.places.name(code)).join(this.texts.language.startsWith("en") ? ", " : "、"));
    nodes.push(this.block(texts.get("handover.silent"), shift.silent.total, silent, shift.silent.first.length));
    return nodes;
  }

  private listName(name: typeof listNames[number]): string {
    switch (name) {
      case "red": return this.texts.get("handover.red");
      case "overdue": return this.texts.get("handover.overdue-cases");
      case "whistles": return this.texts.get("handover.whistled");
      case "toVerify": return this.texts.get("handover.to-verify");
      case "dueSoon": return this.texts.get("handover.due-soon");
    }
  }

  private block(title: string, total: number, list: HTMLElement, shown: number): HTMLElement {
    const { texts } = this;
    const root = make("section", "block");
    const heading = make("h2", "block-title", title);
    heading.append(make("span", "block-count", texts.number(total)));
    root.append(heading);
    if (total === 0) root.append(make("p", "none", texts.get("handover.none")));
    else if (shown > 0) root.append(list);
    if (total > shown) root.append(make("p", "rest", texts.get("handover.rest", { n: texts.number(total - shown) })));
    return root;
  }

  private row(one: ShiftCase, now: number, short: boolean): HTMLElement {
    const { texts, words } = this;
    const item = make("li", "row");
    const level = levelOf(one.level);
    item.dataset["level"] = String(level);
    const what = make("span", "row-what");
    what.append(make("strong", "", this.names.category(one.category)), ` ${this.places.name(one.grid)} `, make("small", "row-number", one.id.slice(one.id.lastIndexOf("-"))));
    if (one.new) what.append(" ", make("em", "row-new", texts.get("handover.new")));
    const due = one.dueAt === undefined ? "" : words.countdown({ dueAt: Date.parse(one.dueAt), level }, now);
    item.append(sign(severityOf(one.severity)), what, make("span", "row-when", due));
    const more = [words.stage(one.stage), one.assignee ? words.assignee(one.assignee) : texts.get("case.unassigned")].filter((part) => part !== "");
    if (short) what.append(make("span", "row-more", ` · ${more[0]} · ${more[1]}`));
    else item.append(make("span", "row-below", [...more, one.description].join(" · ")));
    return item;
  }

  private moment(at: string): string {
    const ms = Date.parse(at);
    return `${this.texts.day(ms)} ${this.texts.time(ms).slice(0, 5)}`;
  }
}

function cell(tag: "th" | "td", words: string, scope = ""): HTMLElement {
  const element = make(tag, "", words);
  if (scope !== "") element.setAttribute("scope", scope);
  return element;
}

