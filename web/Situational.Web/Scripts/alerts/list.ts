import { button, symbol } from "../case/controls";
import type { Drafts } from "../case/drafts";
import type { DeskSeam } from "../case/seam";
import { make, setData, setHidden, setSign, setText, sign } from "../page/dom";
import { Rows } from "../page/rows";
import type { AlertBook } from "./book";
import { type Entry, held, type Line } from "./entries";
import { hasReply, Reply } from "./reply";
import { lineOf, sinceOf } from "./words";

export interface ListActs {
  acknowledge(ids: readonly string[]): void;
  openCase(id: string): void;
}

/** The lines to be seen. Each keeps its elements, and none moves while somebody points at the list or writes in it. */
export class AlertList {
  readonly root = make("ul", "alerts-list");
  private readonly made = new WeakMap<HTMLElement, AlertRow>();
  private readonly rows: Rows<Line>;
  private readonly answered = new Set<string>();
  private lines: readonly Line[] = [];

  constructor(desk: DeskSeam, book: AlertBook, drafts: Drafts, acts: ListActs) {
    const answered = (id: string): void => {
      this.answered.add(id);
      acts.acknowledge([id]);
    };
    this.rows = new Rows<Line>(this.root, {
      key: ({ entry }) => entry.key,
      make: () => {
        const row = new AlertRow(desk, book, drafts, acts, answered);
        this.made.set(row.root, row);
        return row.root;
      },
      fill: (root, line) => this.made.get(root)?.fill(line),
    });
  }

  show(entries: readonly Entry[]): void {
    const isHeld = this.root.matches(":hover") || this.root.contains(document.activeElement);
    // Who answered a call has no more to do with it.
    const open = entries.filter((entry) => !this.answered.has(entry.key));
    this.lines = isHeld ? held(this.lines.filter(({ entry }) => !this.answered.has(entry.key)), open) : open.map((entry) => ({ entry, over: false }));
    this.rows.show(this.lines);
  }

  /** Forgets where things stood: the list is opened. */
  reset(): void {
    this.lines = [];
  }
}

class AlertRow {
  readonly root = make("li", "alert");
  private what: HTMLElement;
  private readonly when = make("span", "alert-when");
  private readonly bar = make("span", "alert-bar");
  private readonly seen: HTMLButtonElement;
  private readonly answer: HTMLButtonElement;
  private line: Line | undefined;
  private mark: SVGSVGElement | undefined;
  private reply: Reply | undefined;

  constructor(
    private readonly desk: DeskSeam, private readonly book: AlertBook, private readonly drafts: Drafts, private readonly acts: ListActs,
    private readonly answered: (id: string) => void,
  ) {
    const { texts } = desk;
    this.what = make("strong", "alert-what");
    this.answer = button(texts.get("alert.answer"), () => this.beginReply(), { kind: "main", small: true });
    this.seen = button(texts.get("alert.acknowledge"), () => acts.acknowledge(this.ids), { small: true });
    this.bar.append(this.answer, this.seen);
  }

  fill(line: Line): void {
    const first = this.line === undefined;
    this.line = line;
    const { entry, over } = line;
    const [alert] = entry.alerts;
    if (first) this.build(entry);
    const { texts } = this.desk;
    if (this.mark && (alert.kind === "red" || alert.kind === "overdue")) setSign(this.mark, alert.severity);
    const words = lineOf(entry, this.desk);
    setText(this.what, words);
    const by = this.book.seen(alert.id);
    const since = sinceOf(entry, this.desk);
    setText(this.when, by && entry.area === "" ? `${since} · ${texts.get("alert.seen-by", { who: by.by, time: texts.time(by.at).slice(0, 5) })}` : since);
    setData(this.root, "over", String(over));
    setHidden(this.answer, alert.kind !== "sos" || over);
    setHidden(this.seen, over || entry.alerts.every(({ id }) => this.book.isSeen(id)));
    const label = texts.get("alert.acknowledge-of", { what: words });
    if (this.seen.getAttribute("aria-label") !== label) this.seen.setAttribute("aria-label", label);
  }

  private get ids(): readonly string[] {
    return this.line?.entry.alerts.map(({ id }) => id) ?? [];
  }

  private build(entry: Entry): void {
    const [alert] = entry.alerts;
    this.root.dataset["kind"] = alert.kind;
    this.root.dataset["alert"] = entry.key;
    this.mark = alert.kind === "sos" ? symbol("sign-sos") : alert.kind === "silent" ? symbol("sign-silent") : sign(alert.severity);
    let what: HTMLElement = this.what;
    if (alert.kind === "red" || alert.kind === "overdue") {
      what = button("", () => this.acts.openCase(alert.subject), { name: "alert-open" });
      what.classList.add("alert-what");
      this.what = what;
    }
    this.root.append(this.mark, what, this.when, this.bar);
    if (alert.kind === "sos" && hasReply(alert, this.drafts)) this.addReply();
  }

  private beginReply(): void {
    this.addReply();
    this.reply?.focus();
  }

  private addReply(): void {
    const alert = this.line?.entry.alerts[0];
    if (this.reply || !alert) return;
    this.reply = new Reply(alert, this.desk, this.drafts, () => this.answered(alert.id));
    this.root.append(this.reply.root);
  }
}
