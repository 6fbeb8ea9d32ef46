import { make, setHidden } from "../page/dom";
import { Redrawn, section, symbol } from "./controls";
import { photoStrip } from "./photos";
import type { CaseWords } from "./words";
import type { CaseAnswer } from "./wire";

/** What was reported, with photos of before and after, what is not plausible about it, and how it was rated. */
export class CaseFacts {
  readonly root = make("div", "case-facts");
  private readonly report;
  private readonly doubts;
  private readonly ratings;
  private readonly drawn: Redrawn[];

  constructor(private readonly words: CaseWords) {
    const { texts } = words;
    this.report = section("report", texts.get("case.report"));
    this.doubts = section("doubts", texts.get("case.spot"));
    this.ratings = section("ratings", texts.get("case.ratings"));
    this.root.append(this.report.root, this.doubts.root, this.ratings.root);
    this.drawn = [this.report, this.doubts, this.ratings].map(({ body }) => new Redrawn(body));
  }

  show(one: CaseAnswer, now: number): void {
    const { texts } = this.words;
    this.drawn[0]!.show([one.description, one.photos, one.resultPhotos, one.note, one.reports, one.source, texts.day(now)], () => this.reported(one, now));
    const doubtful = one.spot !== undefined || one.marks.length > 0;
    setHidden(this.doubts.root, !doubtful);
    if (doubtful) this.drawn[1]!.show([one.spot, one.marks], () => this.spot(one, now));
    setHidden(this.ratings.root, one.ratings.length === 0);
    if (one.ratings.length > 0) this.drawn[2]!.show(one.ratings, () => [this.rated(one, now)]);
  }

  private reported(one: CaseAnswer, now: number): Node[] {
    const { texts } = this.words;
    const facts = make("p", "case-meta", [
      texts.get("case.reported-at", { time: this.words.moment(Date.parse(one.reportedAt), now) }),
      one.reports > 1 ? texts.get("case.reports", { n: one.reports }) : "",
      `${one.lat.toFixed(6)}, ${one.lon.toFixed(6)}`,
    ].filter((words) => words !== "").join(" · "));
    const nodes: Node[] = [make("p", "case-description", one.description), facts];
    if (one.photos.length > 0) nodes.push(make("h4", "case-small-title", texts.get("case.photos.report")), photoStrip(one.photos, texts.get("case.photos.report"), texts));
    if (one.resultPhotos.length > 0) nodes.push(make("h4", "case-small-title", texts.get("case.photos.result")), photoStrip(one.resultPhotos, texts.get("case.photos.result"), texts));
    if (one.note !== undefined && one.note !== "") nodes.push(make("h4", "case-small-title", texts.get("case.note")), make("p", "case-said", one.note));
    return nodes;
  }

  private spot(one: CaseAnswer, now: number): Node[] {
    const { texts } = this.words;
    const nodes: Node[] = [];
    if (one.spot) {
      const { spot } = one;
      nodes.push(make("p", "", texts.get("case.spot.by", { name: this.words.unit(spot.unit) })));
      if (spot.note !== "") nodes.push(make("p", "case-said", spot.note));
      const times = [
        spot.foundAt === undefined ? "" : texts.get("case.spot.found", { time: this.words.moment(Date.parse(spot.foundAt), now) }),
        spot.fixedAt === undefined ? "" : texts.get("case.spot.fixed", { time: this.words.moment(Date.parse(spot.fixedAt), now) }),
      ].filter((words) => words !== "");
      if (times.length > 0) nodes.push(make("p", "case-meta", times.join(" · ")));
      nodes.push(make("p", "case-meta", [
        texts.get(spot.verified === undefined ? "case.spot.unseen" : spot.verified ? "case.spot.good" : "case.spot.bad"),
        spot.recheck ? texts.get("case.spot.recheck") : "",
      ].filter((words) => words !== "").join(" · ")));
    }
    if (one.marks.length > 0) {
      const list = make("ul", "case-marks");
      for (const mark of one.marks) {
        const item = make("li", "case-mark");
        const words = texts.among("doubt", mark.code) ?? mark.code;
        item.append(symbol("sign-unknown"), make("span", "", words.replace("{value}", this.measure(mark.code, mark.value)).replace("{limit}", this.measure(mark.code, mark.limit))));
        list.append(item);
      }
      nodes.push(list, make("p", "quiet", texts.get("case.marks.note")));
    }
    return nodes;
  }

  private rated(one: CaseAnswer, now: number): HTMLElement {
    const { texts } = this.words;
    const list = make("ul", "case-rated");
    for (const rating of one.ratings) {
      const item = make("li", "");
      item.append(
        make("strong", "", texts.get("case.line.score", { kind: this.words.ratingKind(rating.kind), n: rating.score })), " ",
        make("span", "case-meta", `${this.words.actor(rating.by)} · ${this.words.moment(Date.parse(rating.at), now)}`),
      );
      if (rating.note !== undefined && rating.note !== "") item.append(make("p", "case-said", rating.note));
      list.append(item);
    }
    return list;
  }

  /** Times are in seconds, everything else is a number. */
  private measure(code: string, value: number): string {
    if (code === "too-fast") return this.words.span(value * 1_000);
    return this.words.texts.number(Math.round(value * 10) / 10);
  }
}
