import { make, setData, setHidden, setPaper, setText } from "../page/dom";
import { button, Redrawn, section, symbol } from "./controls";
import { photoStrip } from "./photos";
import { eventsUpTo, type Line, linesOf } from "./timeline";
import type { CaseWords } from "./words";
import type { CaseFile } from "./case-file";

const marks: Readonly<Record<Line["mark"], string>> = { step: "sign-heard", deadline: "halo-2", whistle: "sign-whistle", system: "sign-0" };

/** Everything that happened, the newest first. */
export class Story {
  readonly root: HTMLElement;
  private readonly list = make("ol", "story");
  private readonly more: HTMLButtonElement;
  private readonly note = make("p", "quiet");
  private readonly drawn: Redrawn;

  constructor(private readonly words: CaseWords, more: () => void) {
    const { root, body } = section("story", words.texts.get("case.story"));
    this.root = root;
    this.more = button(words.texts.get("case.story.more"), more, { small: true, name: "story-more" });
    body.append(this.note, this.more, this.list);
    this.drawn = new Redrawn(this.list);
  }

  /** @param until the past moment that the page shows, ms: what happened later is left out. */
  show(file: CaseFile, now: number, until?: number): void {
    const { texts } = this.words;
    const events = eventsUpTo(file.events, until);
    const isWhole = events.length === file.events.length;
    setHidden(this.more, !file.hasMore || !isWhole);
    const words = file.historyState === "failed" ? texts.get("case.story.failed")
      : file.historyState === "loading" ? texts.get("case.loading")
      : until !== undefined ? texts.get(events.length === 0 ? "case.story.not-yet" : "case.story.until", { time: this.words.moment(until, now) })
      : file.truncated ? texts.get("case.story.cut")
      : "";
    setText(this.note, words);
    setHidden(this.note, words === "");
    setPaper(this.note, file.historyState === "loading" ? texts.get("case.unread") : words);
    setData(this.more, "paper", texts.get("case.story.unread"));
    // Only new events and another day change what the lines say.
    this.drawn.show([events.length, texts.day(now), this.words.generation], () => linesOf(events, this.words, now).toReversed().map((line) => this.line(line, now)));
  }

  private line(line: Line, now: number): HTMLElement {
    const { texts } = this.words;
    const item = make("li", "story-line");
    item.dataset["mark"] = line.mark;
    item.dataset["number"] = String(line.number);
    const head = make("p", "story-head");
    const time = make("time", "story-time", this.words.moment(line.at, now)) as HTMLTimeElement;
    time.dateTime = new Date(line.at).toISOString();
    time.title = `${texts.day(line.at)} ${texts.time(line.at)}`;
    head.append(time, symbol(marks[line.mark]), make("strong", "story-title", line.title));
    if (line.who !== "") head.append(make("span", "story-who", line.who));
    item.append(head);
    if (line.details.length > 0) item.append(make("p", "story-details", line.details.join(" · ")));
    for (const said of line.said) item.append(make("p", "case-said", said));
    for (const deadline of line.deadlines) {
      const words = make("p", "story-deadline");
      words.dataset["met"] = String(deadline.met);
      words.append(symbol(deadline.met ? "sign-heard" : "halo-2"), make("span", "", deadline.words));
      item.append(words);
    }
    if (line.photos.length > 0) item.append(photoStrip(line.photos, line.title, texts));
    return item;
  }
}
