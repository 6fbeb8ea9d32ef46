import { ask } from "../api/http";
import { make, setHidden } from "../page/dom";
import { button, Redrawn, section } from "./controls";
import { metersBetween } from "./distance";
import { photoStrip } from "./photos";
import type { CaseWords } from "./words";
import type { CaseAnswer } from "./wire";

/** Cases that may be the same hazard, next to this one: the same, or not. */
export class Proposals {
  readonly root: HTMLElement;
  private readonly drawn: Redrawn;
  private others: readonly CaseAnswer[] = [];
  private asked = "";
  private failed = false;
  private now = 0;
  private one: CaseAnswer | undefined;
  private may: { readonly merge: boolean; readonly keepApart: boolean } = { merge: false, keepApart: false };

  constructor(private readonly words: CaseWords, private readonly choose: (step: "merge" | "keep-apart", other: string) => void, private readonly open: (id: string) => void) {
    const { root, body } = section("proposals", words.texts.get("case.proposals"));
    this.root = root;
    this.drawn = new Redrawn(body);
  }

  show(one: CaseAnswer, now: number, may: { readonly merge: boolean; readonly keepApart: boolean }): void {
    [this.one, this.now, this.may] = [one, now, may];
    setHidden(this.root, one.proposals.length === 0);
    const wanted = `${one.id} ${one.revision} ${one.proposals.join(",")}`;
    if (one.proposals.length > 0 && this.asked !== wanted) {
      this.asked = wanted;
      void this.read(one, wanted);
    }
    this.draw();
  }

  private async read(one: CaseAnswer, wanted: string): Promise<void> {
    const answers = await Promise.all(one.proposals.map((id) => ask<CaseAnswer>(`api/v1/cases/${encodeURIComponent(id)}`)));
    if (this.asked !== wanted) return;
    this.others = answers.flatMap((answer) => answer.kind === "ok" ? [answer.value] : []);
    this.failed = answers.some((answer) => answer.kind === "unreachable" || (answer.kind === "refused" && answer.problem.status !== 404));
    this.draw();
  }

  private draw(): void {
    const { one, words } = this;
    if (!one || one.proposals.length === 0) return;
    const others = this.others.filter((other) => one.proposals.includes(other.id));
    this.drawn.show([one.id, one.revision, others, this.may, this.failed, words.generation], () => [
      ...(this.failed ? [make("p", "fault", words.texts.get("case.proposals.failed"))] : others.length === 0 ? [make("p", "quiet", words.texts.get("case.loading"))] : []),
      ...others.map((other) => this.compare(one, other)),
    ]);
  }

  private compare(one: CaseAnswer, other: CaseAnswer): HTMLElement {
    const { words } = this;
    const { texts } = words;
    const root = make("div", "compare");
    const table = make("table", "compare-table");
    const row = (title: string, mine: string, theirs: string): void => {
      const line = make("tr", "");
      const head = make("th", "", title);
      head.setAttribute("scope", "row");
      line.append(head, make("td", "", mine), make("td", "", theirs));
      if (mine === theirs) line.dataset["same"] = "true";
      table.append(line);
    };
    const head = make("tr", "");
    for (const title of ["", texts.get("case.compare.this"), texts.get("case.compare.other")]) {
      const cell = make("th", "", title);
      cell.setAttribute("scope", "col");
      head.append(cell);
    }
    table.append(head);
    row(texts.get("case.compare.number"), one.id, other.id);
    row(texts.get("field.description"), one.description, other.description);
    row(texts.get("case.compare.place"), words.place(one.grid), `${words.place(other.grid)} · ${words.meters(metersBetween(one, other))}`);
    row(texts.get("case.compare.when"), words.moment(Date.parse(one.reportedAt), this.now), words.moment(Date.parse(other.reportedAt), this.now));
    row(texts.get("case.compare.stage"), words.stage(one.stage), words.stage(other.stage));
    row(texts.get("case.compare.severity"), words.severity(one.severity), words.severity(other.severity));
    row(texts.get("case.compare.assignee"), one.assignee ? words.assignee(one.assignee) : "–", other.assignee ? words.assignee(other.assignee) : "–");
    row(texts.get("case.compare.reports"), String(one.reports), String(other.reports));
    const pictures = make("div", "compare-photos");
    for (const each of [one, other]) pictures.append(each.photos.length > 0 ? photoStrip(each.photos, each.id, texts) : make("p", "quiet", texts.get("case.photos.none")));
    const bar = make("div", "step-bar");
    const merge = button(texts.get("case.compare.merge"), () => this.choose("merge", other.id), { small: true });
    const apart = button(texts.get("case.compare.apart"), () => this.choose("keep-apart", other.id), { small: true });
    [merge.disabled, apart.disabled] = [!this.may.merge, !this.may.keepApart];
    bar.append(merge, apart, button(texts.get("case.compare.open"), () => this.open(other.id), { small: true }));
    root.append(table, pictures, bar);
    return root;
  }
}
