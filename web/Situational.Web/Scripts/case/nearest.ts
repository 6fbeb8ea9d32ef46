import { ask } from "../api/http";
import { make, setHidden, setText } from "../page/dom";
import type { Places } from "../page/places";
import { button, Redrawn, section, symbol } from "./controls";
import { MiniMap, unitState } from "./mini-map";
import type { CaseWords } from "./words";
import { type CaseAnswer, hasEnded, type NearUnit } from "./wire";

/** How often the nearest units are asked for while a case is open, ms. */
const everyMs = 20_000;
const shown = 6;

/** Where the case lies and who is near, by distance and state. */
export class Nearest {
  readonly root: HTMLElement;
  /** As last heard; empty while nobody knows. */
  units: readonly NearUnit[] = [];
  private readonly list = make("ul", "near");
  private readonly note = make("p", "quiet");
  private readonly drawn: Redrawn;
  private readonly map: MiniMap;
  private askedFor = "";
  private answeredFor = "";
  private next = 0;
  private failed = false;
  private one: CaseAnswer | undefined;
  private mayDispatch = false;

  constructor(private readonly words: CaseWords, places: Places, private readonly give: (unit: string) => void, private readonly changed: () => void) {
    const { texts } = words;
    const { root, body } = section("near", texts.get("case.near"));
    this.root = root;
    const surface = make("div", "case-map");
    body.append(surface, this.note, this.list);
    this.map = new MiniMap(surface, texts.get("case.map"), places, words);
    this.drawn = new Redrawn(this.list);
  }

  show(one: CaseAnswer, mayDispatch: boolean): void {
    if (this.one?.id !== one.id) {
      this.units = [];
      this.failed = false;
    }
    [this.one, this.mayDispatch] = [one, mayDispatch];
    this.draw();
  }

  /** Called on every tick. @param now monotonic ms */
  tick(now: number): void {
    const { one } = this;
    if (!one || hasEnded(one.stage)) return;
    if (this.askedFor === one.id && now < this.next) return;
    this.askedFor = one.id;
    this.next = now + everyMs;
    void this.read(one);
  }

  private async read({ id, lat, lon }: CaseAnswer): Promise<void> {
    const answer = await ask<readonly NearUnit[]>(`api/v1/units/nearest?lat=${lat}&lon=${lon}&limit=20`);
    if (this.one?.id !== id) return;
    this.answeredFor = id;
    this.failed = answer.kind !== "ok";
    // Where units were a while ago says nothing about who is near now.
    this.units = answer.kind === "ok" ? answer.value : [];
    this.draw();
    this.changed();
  }

  private draw(): void {
    const { one, words } = this;
    if (!one) return;
    const { texts } = words;
    const ended = hasEnded(one.stage);
    this.map.show(one, ended ? [] : this.units);
    const note = ended ? "" : this.failed ? texts.get("case.near.failed") : this.answeredFor === one.id && this.units.length === 0 ? texts.get("case.near.none") : "";
    setText(this.note, note);
    setHidden(this.note, note === "");
    const rows = ended ? [] : this.units.slice(0, shown);
    this.drawn.show([rows.map(({ unit, meters, cases }) => [unit.id, unit.callSign, unit.state, Math.round(meters), cases.length]), this.mayDispatch], () => rows.map((near) => this.row(near)));
  }

  private row({ unit, meters, cases }: NearUnit): HTMLElement {
    const { texts } = this.words;
    const item = make("li", "near-unit");
    const state = unitState(unit.state);
    item.dataset["unitState"] = String(state);
    item.append(
      symbol(`unit-${state}`), make("strong", "", unit.callSign), make("span", "near-state", texts.among("unit", String(state)) ?? unit.state),
      make("span", "near-meters", this.words.meters(meters)), make("span", "case-meta", cases.length > 0 ? texts.get("case.near.cases", { n: cases.length }) : texts.get("case.near.free")),
    );
    if (this.mayDispatch) {
      const give = button(texts.get("case.near.give"), () => this.give(unit.id), { small: true });
      give.setAttribute("aria-label", texts.get("case.near.give-to", { name: unit.callSign }));
      item.append(give);
    }
    return item;
  }
}
