import type { Picture } from "../feed";
import { part, setData, setText } from "../page/dom";
import type { Texts } from "../page/texts";

/** The header's figures and the footer: numbers of the last frame, as the server counted them. */
export class Figures {
  constructor(private readonly root: HTMLElement, private readonly texts: Texts) {}

  show(picture: Picture): void {
    const { totals } = picture;
    const open = [totals.red, totals.orange, totals.yellow, totals.blue];
    open.forEach((count, at) => this.number(`open-${at + 1}`, count));
    this.number("overdue", totals.overdue);
    setText(part(this.root, "approaching"), this.texts.get("figure.approaching", { n: this.texts.number(totals.approaching) }));
    const title = this.texts.get("level.title", { n: totals.overdue, m: totals.overdueTwice, a: totals.approaching });
    const figure = part(this.root, "deadlines");
    if (figure.title !== title) figure.title = title;
    const units = [totals.live, totals.late, totals.stale, totals.gone];
    units.slice(0, 3).forEach((count, state) => this.number(`units-${state}`, count));
    units.forEach((count, state) => this.number(`patrol-${state}`, count));
    this.number("silent", totals.silent);
    setText(part(this.root, "silent-of"), this.texts.get("figure.of", { n: this.texts.number(totals.grids) }));
    this.number("revision", picture.revision);
    setText(part(this.root, "digest"), picture.digest);
    setText(part(this.root, "territory-version"), picture.territory > 0 ? String(picture.territory) : this.texts.get("footer.unknown"));
  }

  /** A figure of zero steps back, so that what is not zero stands out. */
  private number(name: string, value: number): void {
    const element = part(this.root, name);
    setText(element, this.texts.number(value));
    setData(element, "zero", String(value === 0));
  }
}
