import { make, setText } from "../page/dom";
import type { Texts } from "../page/texts";
import type { Range } from "./span";
import type { Marks } from "./source";

const svg = "http://www.w3.org/2000/svg";
const width = 1_000;
const height = 40;

/** The slider over a range of the past, and behind it when what happened: bars of what came, dark where cases came to be overdue, and a line for each weighty event. */
export class Timeline {
  readonly element = make("div", "past-timeline");
  private readonly drawing = document.createElementNS(svg, "svg");
  private readonly slider = document.createElement("input");
  private readonly bubble = make("output", "past-bubble");
  private range: Range = { from: 0, to: 1 };
  private cancelPick = 0;
  private held = false;

  /** @param pick called with the moment that somebody chose, a moment after the last move of the keys. */
  constructor(private readonly texts: Texts, private readonly say: (ms: number) => string, private readonly pick: (at: number) => void) {
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.setAttribute("preserveAspectRatio", "none");
    this.drawing.setAttribute("class", "past-bars");
    this.drawing.setAttribute("aria-hidden", "true");
    const { slider } = this;
    slider.type = "range";
    slider.className = "past-slider";
    slider.setAttribute("aria-label", texts.get("past.slider"));
    slider.addEventListener("pointerdown", () => { this.held = true; });
    slider.addEventListener("pointerup", () => { this.held = false; });
    slider.addEventListener("input", () => this.moved());
    slider.addEventListener("keydown", (event) => this.press(event));
    this.element.append(this.drawing, slider, this.bubble);
    this.bubble.hidden = true;
  }

  focus(): void {
    this.slider.focus();
  }

  /** The range that it is about; the moment keeps its place in time. */
  over(range: Range): void {
    if (range.from === this.range.from && range.to === this.range.to) return;
    this.range = range;
    this.slider.min = String(Math.floor(range.from));
    this.slider.max = String(Math.ceil(range.to));
    this.slider.step = "1000";
  }

  /** The moment that is shown; a slider that somebody holds stays under the hand. */
  at(ms: number): void {
    if (this.held || this.cancelPick !== 0) return;
    const value = String(Math.round(ms));
    if (this.slider.value !== value) this.slider.value = value;
    const words = this.say(ms);
    if (this.slider.getAttribute("aria-valuetext") !== words) this.slider.setAttribute("aria-valuetext", words);
    this.element.style.setProperty("--past-at", String(this.shareOf(ms)));
  }

  draw(marks: Marks | undefined): void {
    this.drawing.replaceChildren();
    if (!marks) return;
    const most = Math.max(1, ...marks.buckets.map(([reported]) => reported));
    marks.buckets.forEach(([reported, ended, overdue], at) => {
      const [x, right] = [this.xOf(marks.from + at * marks.bucketMs), this.xOf(marks.from + (at + 1) * marks.bucketMs)];
      if (right <= 0 || x >= width) return;
      const tall = (n: number): number => n === 0 ? 0 : Math.max(2, (Math.min(n, most) / most) * (height - 10));
      this.bar("past-bar-reported", x, right - x, tall(reported), this.texts.get("past.bucket", { time: this.say(marks.from + at * marks.bucketMs), reported, ended, overdue }));
      if (overdue > 0) this.bar("past-bar-overdue", x, right - x, tall(overdue), "");
    });
    for (const [at, kind, subject, , severity] of marks.marks) {
      const line = document.createElementNS(svg, "line");
      const x = String(this.xOf(at));
      line.setAttribute("class", "past-mark");
      line.setAttribute("data-severity", String(severity));
      for (const [name, value] of [["x1", x], ["x2", x], ["y1", "0"], ["y2", kind === "reported" ? "7" : "5"]] as const) line.setAttribute(name, value);
      line.append(this.title(`${this.say(at)} ${this.texts.among("event", kind) ?? kind} ${subject}`));
      this.drawing.append(line);
    }
  }

  private bar(name: string, x: number, wide: number, tall: number, words: string): void {
    if (tall === 0) return;
    const rect = document.createElementNS(svg, "rect");
    rect.setAttribute("class", name);
    rect.setAttribute("x", x.toFixed(2));
    rect.setAttribute("width", Math.max(0.8, wide - 0.4).toFixed(2));
    rect.setAttribute("y", (height - tall).toFixed(2));
    rect.setAttribute("height", tall.toFixed(2));
    if (words !== "") rect.append(this.title(words));
    this.drawing.append(rect);
  }

  private title(words: string): Element {
    const title = document.createElementNS(svg, "title");
    title.textContent = words;
    return title;
  }

  private moved(): void {
    const at = Number(this.slider.value);
    this.element.style.setProperty("--past-at", String(this.shareOf(at)));
    setText(this.bubble, this.say(at));
    this.bubble.hidden = false;
    this.slider.setAttribute("aria-valuetext", this.say(at));
    window.clearTimeout(this.cancelPick);
    // While it is dragged, a picture now and then; the last one always.
    this.cancelPick = window.setTimeout(() => {
      this.cancelPick = 0;
      this.bubble.hidden = true;
      this.pick(Number(this.slider.value));
    }, 250);
  }

  /** A second of a week is no step for a hand: arrows go by a 200th of the range, with Shift by ten times as much. */
  private press(event: KeyboardEvent): void {
    const step = Math.max(1_000, Math.round((this.range.to - this.range.from) / 200_000) * 1_000) * (event.shiftKey ? 10 : 1);
    const by = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -10 * step, PageUp: 10 * step }[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.slider.value = String(Number(this.slider.value) + by);
    this.moved();
  }

  private shareOf(ms: number): number {
    return Math.min(1, Math.max(0, (ms - this.range.from) / (this.range.to - this.range.from)));
  }

  private xOf(ms: number): number {
    return ((ms - this.range.from) / (this.range.to - this.range.from)) * width;
  }
}
