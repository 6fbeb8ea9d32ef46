import { make, setData, setHidden, setText } from "../page/dom";
import type { Texts } from "../page/texts";
import { type Cadence, cadences, type CoverageAnswer, percentOf } from "./answer";

export interface RoomWishes {
  readonly cadence: (cadence: Cadence) => void;
  readonly gapsOnly: (on: boolean) => void;
  readonly onMap: () => void;
  readonly again: () => void;
  readonly letGo: () => void;
}

/** `none`: there is no territory yet. */
export type CoverageFault = "failed" | "refused" | "none";

/** What stands around the matrix: switches, what it comes to, the chosen grid, the signs, and what is wrong. */
export class CoverageRoom {
  readonly matrix = make("div", "coverage-matrix");
  readonly mapSwitch: HTMLElement;
  private readonly radios = new Map<Cadence, HTMLInputElement>();
  private readonly gaps: HTMLInputElement;
  private readonly map: HTMLInputElement;
  private readonly sum = make("p", "coverage-summary");
  private readonly notice = make("p", "coverage-notice");
  private readonly state = make("div", "coverage-state");
  private readonly words = make("span", "coverage-state-words");
  private readonly retry: HTMLButtonElement;
  private readonly picked = make("p", "coverage-chosen");
  private readonly pickedWords = make("span", "coverage-chosen-words");
  private readonly past = make("p", "coverage-past");
  private failure: CoverageFault | undefined;
  private asOf = "";

  constructor(private readonly root: HTMLElement, private readonly texts: Texts, wishes: RoomWishes) {
    root.classList.add("coverage");
    const bar = make("div", "coverage-bar");
    const switches = make("fieldset", "coverage-cadences");
    const legend = make("legend", "unseen", texts.get("coverage.cadence"));
    switches.append(legend);
    for (const cadence of cadences) {
      const { label, input } = this.box("radio", texts.among("cadence", cadence) ?? cadence, () => wishes.cadence(cadence));
      input.name = "coverage-cadence";
      this.radios.set(cadence, input);
      switches.append(label);
    }
    const gaps = this.box("checkbox", texts.get("coverage.gaps-only"), (on) => wishes.gapsOnly(on));
    const map = this.box("checkbox", texts.get("coverage.on-map"), () => wishes.onMap());
    [this.gaps, this.map, this.mapSwitch] = [gaps.input, map.input, map.label];
    this.map.checked = true;
    this.notice.setAttribute("role", "status");
    bar.append(make("h2", "coverage-title", texts.get("coverage.title")), switches, gaps.label, map.label);

    this.retry = this.button(texts.get("coverage.again"), () => wishes.again());
    this.state.append(this.words, this.retry);
    this.state.setAttribute("role", "status");
    const close = this.button("×", () => wishes.letGo());
    close.classList.add("coverage-close");
    close.setAttribute("aria-label", texts.get("coverage.let-go"));
    this.picked.append(this.pickedWords, close);
    setText(this.past, texts.get("coverage.past"));
    root.append(bar, this.past, this.sum, this.notice, this.picked, this.state, this.matrix, this.signs());
    this.chosen(undefined);
    this.waiting();
  }

  get isInSight(): boolean {
    return this.root.isConnected && !this.root.closest("[hidden]") && (this.root.checkVisibility?.() ?? true);
  }

  get isOnMap(): boolean {
    return this.map.checked;
  }

  settings(cadence: Cadence, gapsOnly: boolean, isPast: boolean): void {
    for (const [name, radio] of this.radios) radio.checked = name === cadence;
    this.gaps.checked = gapsOnly;
    setHidden(this.past, !isPast);
  }

  /** What is wrong, or nothing. */
  fault(fault: CoverageFault | undefined): void {
    this.failure = fault;
  }

  /** There is nothing to show yet. */
  waiting(): void {
    setHidden(this.matrix, true);
    setHidden(this.sum, true);
    setHidden(this.notice, true);
    setHidden(this.state, false);
    setData(this.state, "state", this.failure ?? "waiting");
    setText(this.words, this.faultWords() ?? this.texts.get("coverage.waiting"));
    setHidden(this.retry, this.failure !== "failed");
    setData(this.root, "state", this.failure ?? "waiting");
  }

  /** @param running what the running period is called. @param shown how many rows are. */
  summary(answer: CoverageAnswer, running: string, shown: number): void {
    this.asOf = this.texts.time(Date.parse(answer.asOf));
    const gaps = answer.grids.filter(({ shares }) => (shares[0] ?? 0) <= 0).length;
    setHidden(this.sum, false);
    setText(this.sum, this.texts.get("coverage.summary", {
      running, n: this.texts.number(answer.grids.length), gaps: this.texts.number(gaps), share: percentOf(answer.shares[0] ?? 0),
    }));
    setData(this.sum, "gaps", String(gaps > 0));
    setHidden(this.notice, false);
    const fault = this.faultWords();
    setText(this.notice, fault ? `${fault} ${this.texts.get("coverage.stale", { time: this.asOf })}` : this.texts.get("coverage.as-of", { time: this.asOf }));
    setData(this.notice, "fault", String(fault !== undefined));
    setHidden(this.matrix, shown === 0);
    setHidden(this.state, shown > 0);
    setHidden(this.retry, true);
    setData(this.state, "state", "empty");
    setText(this.words, answer.grids.length === 0 ? this.texts.get("coverage.no-grids") : this.texts.get("coverage.no-gaps"));
    setData(this.root, "state", "ready");
  }

  chosen(grid: { readonly name: string; readonly period: string; readonly share: number } | undefined): void {
    setHidden(this.picked, !grid);
    if (grid) setText(this.pickedWords, this.texts.get("coverage.chosen", { grid: grid.name, period: grid.period, share: percentOf(grid.share) }));
  }

  private faultWords(): string | undefined {
    switch (this.failure) {
      case "failed": return this.texts.get("coverage.failed");
      case "refused": return this.texts.get("coverage.refused");
      case "none": return this.texts.get("coverage.no-territory");
      default: return undefined;
    }
  }

  private signs(): HTMLElement {
    const list = make("ul", "coverage-signs");
    list.setAttribute("aria-label", this.texts.get("coverage.signs"));
    for (const [gap, words] of [[4, this.texts.get("coverage.sign.none")], [2, this.texts.get("coverage.sign.part")], [0, this.texts.get("coverage.sign.whole")]] as const) {
      const item = make("li", "coverage-sign-item");
      const sign = make("span", "coverage-sign");
      sign.dataset["gap"] = String(gap);
      item.append(sign, words);
      list.append(item);
    }
    return list;
  }

  private box(type: "radio" | "checkbox", words: string, changed: (on: boolean) => void): { label: HTMLElement; input: HTMLInputElement } {
    const label = make("label", "coverage-switch");
    const input = document.createElement("input");
    input.type = type;
    input.addEventListener("change", () => changed(input.checked));
    label.append(input, make("span", "", words));
    return { label, input };
  }

  private button(words: string, press: () => void): HTMLButtonElement {
    const button = make("button", "button", words) as HTMLButtonElement;
    button.type = "button";
    button.dataset["small"] = "true";
    button.addEventListener("click", press);
    return button;
  }
}
