import { make, setHidden } from "../page/dom";
import { button, Redrawn, section } from "./controls";
import { musterStates } from "./fields";
import type { CaseWords } from "./words";
import { type CaseAnswer, levelOf, type MusterAnswer, type WhistleAnswer } from "./wire";

/** The columns of the board: the states that a muster goes through, with the clock that each of them stops. */
const columns = [
  { state: "acknowledged", at: "acknowledgedAt", clock: "acknowledge" },
  { state: "en-route", at: "enRouteAt", clock: undefined },
  { state: "arrived", at: "arrivedAt", clock: "arrive" },
  { state: "done", at: "endedAt", clock: "solve" },
] as const;

/** A cell of the board. */
export interface Cell {
  readonly words: string;
  /** 0 to 3 as the levels of a deadline; -1 for what was reached. */
  readonly level: number;
}

/** What stands in a department's row: when it reached a state, or how long it has left to. */
export function cellsOf(muster: MusterAnswer, words: CaseWords, now: number): readonly Cell[] {
  return columns.map(({ state, at, clock }): Cell => {
    const reached = state === "done" && muster.state !== "done" ? undefined : muster[at];
    if (reached !== undefined) return { words: words.moment(Date.parse(reached), now), level: -1 };
    const running = muster.clocks.find((one) => one.kind === clock && !one.stopped);
    return running ? { words: words.countdown({ dueAt: Date.parse(running.dueAt), level: levelOf(running.level) }, now), level: levelOf(running.level) } : { words: "–", level: 0 };
  });
}

/** Whom a whistle called, and how far each of them is. */
export class MusterBoard {
  readonly root: HTMLElement;
  private readonly drawn: Redrawn;

  constructor(private readonly words: CaseWords, private readonly record: (called: string) => void) {
    const { root, body } = section("musters", words.texts.get("case.musters"));
    this.root = root;
    this.drawn = new Redrawn(body);
  }

  show(one: CaseAnswer, now: number, mayRecord: boolean): void {
    setHidden(this.root, one.whistles.length === 0);
    if (one.whistles.length === 0) return;
    const cells = one.whistles.map((whistle) => whistle.musters.map((muster) => cellsOf(muster, this.words, now)));
    this.drawn.show([one.whistles, cells, mayRecord], () => one.whistles.toReversed().map((whistle) => this.board(whistle, cells[one.whistles.indexOf(whistle)]!, now, mayRecord)));
  }

  private board(whistle: WhistleAnswer, cells: readonly (readonly Cell[])[], now: number, mayRecord: boolean): HTMLElement {
    const { words } = this;
    const { texts } = words;
    const table = make("table", "musters");
    const there = whistle.musters.filter((muster) => muster.arrivedAt !== undefined).length;
    const caption = make("caption", "", `${words.whistle(whistle.kind)} · ${texts.get("whistle.there", { n: there, of: whistle.musters.length })} · ${words.actor(whistle.by)} ${words.moment(Date.parse(whistle.at), now)}`);
    const head = make("tr", "");
    for (const title of [texts.get("case.department"), ...columns.map(({ state }) => words.muster(state)), ""]) {
      const cell = make("th", "", title);
      cell.setAttribute("scope", "col");
      head.append(cell);
    }
    const thead = make("thead", "");
    thead.append(head);
    const body = make("tbody", "");
    whistle.musters.forEach((muster, at) => body.append(...this.row(whistle, muster, cells[at]!, mayRecord)));
    table.append(caption, thead, body);
    return table;
  }

  private row(whistle: WhistleAnswer, muster: MusterAnswer, cells: readonly Cell[], mayRecord: boolean): HTMLElement[] {
    const { words } = this;
    const { texts } = words;
    const row = make("tr", "");
    row.dataset["state"] = muster.state;
    const name = make("th", "", words.department(muster.department));
    name.setAttribute("scope", "row");
    name.append(make("small", "muster-state", words.muster(muster.state)));
    row.append(name);
    for (const cell of cells) {
      const element = make("td", "", cell.words);
      element.dataset["level"] = String(cell.level);
      row.append(element);
    }
    const last = make("td", "");
    if (mayRecord && musterStates[muster.state] !== undefined) {
      const write = button(texts.get("case.muster.record"), () => this.record(`${whistle.number}:${muster.department}`), { small: true });
      write.setAttribute("aria-label", texts.get("case.muster.record-of", { name: words.department(muster.department) }));
      last.append(write);
    }
    row.append(last);
    const more = [
      muster.arrivalVerified === undefined ? "" : texts.get(muster.arrivalVerified ? "case.muster.verified" : "case.muster.false", { meters: words.meters(muster.arrivalMeters ?? 0) }),
      muster.routedFrom === undefined ? "" : texts.get("case.muster.from", { name: words.department(muster.routedFrom) }),
      muster.counterProposal === undefined ? "" : texts.get("case.muster.instead", { name: words.department(muster.counterProposal) }),
      muster.note ?? "",
    ].filter((one) => one !== "");
    if (more.length === 0) return [row];
    const below = make("tr", "muster-more");
    const cell = make("td", "case-meta", more.join(" · ")) as HTMLTableCellElement;
    cell.colSpan = columns.length + 2;
    below.append(cell);
    return [row, below];
  }
}
