import { assigneeOf, stageOf, stageWords } from "../desk/cases";
import type { CaseRow, UnitRow } from "../feed";
import { countdownOf } from "../page/countdown";
import { make, setData, setHidden, setSign, setText, sign } from "../page/dom";
import type { Names } from "../page/names";
import type { Places } from "../page/places";
import type { Texts } from "../page/texts";
import type { CaseDetail } from "./details";

/** What a row is filled from. */
export interface RowFacts {
  readonly row: CaseRow;
  readonly detail: CaseDetail | undefined;
  /** The server's time, ms. */
  readonly now: number;
  /** The case is none of the list any more; the order is held. */
  readonly gone: boolean;
  /** A step is on its way. */
  readonly pending: boolean;
  /** The stage that a step under way leads to. */
  readonly stage?: string | undefined;
  /** Why the last step with it failed. */
  readonly fault: string | undefined;
  /**
   * Whether the row is of a past moment. What was reported never changes and is true of every moment; what was done since, and what is under way
   * now, is not of that moment.
   */
  readonly past: boolean;
}

/** Rings of the levels, as on the map: what has run out is told by form, too. */
const halos: Readonly<Record<string, string>> = { approaching: "#halo-1", overdue: "#halo-2", twice: "#halo-3" };

/** Makes and fills the rows of cases. */
export class CaseRows {
  constructor(
    private readonly texts: Texts, private readonly names: Names, private readonly places: Places,
    private readonly assignees: { readonly name: (assignee: string) => string },
  ) {}

  make(): HTMLElement {
    const row = make("div", "line");
    const box = make("span", "line-box");
    box.dataset["box"] = "";
    const left = make("span", "line-left");
    const ring = sign(0);
    ring.classList.add("line-ring");
    left.append(ring, make("b", "line-count"));
    const stage = make("span", "line-stage");
    stage.append(make("span", "line-stage-words"), mark("#sign-escalated"), mark("#sign-whistle"), make("small", "line-there"));
    row.append(
      box, sign(0), make("span", "unseen"), make("span", "line-what"), make("span", "line-where"), stage, make("span", "line-who"), left, make("span", "line-due"), make("span", "line-fault"),
    );
    return row;
  }

  fill(element: HTMLElement, facts: RowFacts): void {
    const { texts } = this;
    const { row, detail, now, gone, past } = facts;
    const { pending, stage: next, fault } = past ? { pending: false, stage: undefined, fault: undefined } : facts;
    const [, mark, severity, what, where, stage, who, left, due, failed] = element.children as HTMLCollectionOf<HTMLElement> & Record<number, HTMLElement>;
    if (!mark || !severity || !what || !where || !stage || !who || !left || !due || !failed) return;
    setSign(mark, row[3]);
    setText(severity, texts.among("severity", String(row[3])) ?? "");
    const category = this.names.category(row[2]);
    setText(what, detail?.description ? `${category} · ${detail.description}` : category);
    setText(where, [this.places.name(row[1]), this.places.parentName(row[1]), row[0]].filter(Boolean).join(" · "));
    const [words, escalated, whistle, there] = stage.children;
    if (words && escalated && whistle && there) {
      setText(words, stageWords(texts, next ?? stageOf(row)));
      setHidden(escalated, row[10] === 0);
      setHidden(whistle, row[11] === "");
      setText(there, row[11] === "" ? "" : `${row[13]}/${row[12]}`);
    }
    const assignee = assigneeOf(row);
    setText(who, assignee === "" ? "" : this.assignees.name(assignee));
    const endedAt = !past && row[4] >= 7 && detail?.closedAt ? Date.parse(detail.closedAt) : 0;
    const countdown = endedAt > 0 ? { state: "none", words: "" } as const : countdownOf({ dueAt: row[8], level: row[9] }, now, texts);
    setData(left, "state", countdown.state);
    const use = left.firstElementChild?.firstElementChild;
    const halo = halos[countdown.state] ?? "#halo-1";
    if (use && use.getAttribute("href") !== halo) use.setAttribute("href", halo);
    setText(left.lastElementChild!, countdown.words);
    setText(due, endedAt > 0 ? texts.moment(endedAt, now) : row[8] > 0 ? texts.moment(row[8], now) : "");
    setData(element, "gone", String(gone));
    setData(element, "pending", String(pending));
    setHidden(failed, fault === undefined);
    setText(failed, fault ?? "");
  }
}

function mark(href: string): SVGSVGElement {
  const element = sign(0);
  element.firstElementChild!.setAttribute("href", href);
  element.removeAttribute("data-severity");
  return element;
}

/** What people call those to whom cases are given: units by call sign, departments by name. */
export class AssigneeNames {
  private readonly departments = new Map<string, string>();

  constructor(private readonly units: () => ReadonlyMap<string, UnitRow> | undefined) {}

  take(departments: Iterable<readonly [code: string, name: string]>): void {
    for (const [code, name] of departments) this.departments.set(code, name);
  }

  name(assignee: string): string {
    const at = assignee.indexOf(":");
    const [kind, id] = [assignee.slice(0, at), assignee.slice(at + 1)];
    if (kind === "unit") return this.units()?.get(id)?.[8] || id;
    return kind === "department" ? this.departments.get(id) ?? id : id;
  }
}
