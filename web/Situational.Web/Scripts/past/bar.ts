import { make, setData, setHidden, setText } from "../page/dom";
import type { TextKey, Texts } from "../page/texts";
import { instantOf, localOf } from "../page/zone";
import { type Speed, speeds } from "./player";
import { type Span, spans } from "./span";

const spanWords: Readonly<Record<Span, TextKey>> = { kept: "past.span.kept", day: "past.span.day", hour: "past.span.hour" };

/** What somebody can do with the bar. */
export interface BarActions {
  playOrPause(): void;
  speed(speed: Speed): void;
  step(direction: 1 | -1): void;
  event(direction: 1 | -1): void;
  jump(at: number): void;
  span(span: Span): void;
  retry(): void;
  leave(): void;
}

/** The bar of the past: what moment is shown, and everything that one can do with it but the slider. */
export class Bar {
  readonly element = make("section", "past-panel");
  private readonly moment = make("strong", "past-moment");
  private readonly state = make("p", "past-state");
  private readonly fault = make("p", "past-fault");
  private readonly faultWords = make("span", "");
  private readonly playButton: HTMLButtonElement;
  private readonly speedButtons = new Map<Speed, HTMLButtonElement>();
  private readonly spanButtons = new Map<Span, HTMLButtonElement>();
  private readonly field = document.createElement("input");
  private readonly retryButton: HTMLButtonElement;
  private readonly controls: HTMLButtonElement[] = [];

  constructor(private readonly texts: Texts, private readonly timeZone: string | undefined, actions: BarActions, slider: HTMLElement) {
    this.element.setAttribute("aria-label", texts.get("past.title"));
    const banner = make("p", "past-banner");
    banner.append(make("span", "past-name", texts.get("past.title")), this.moment, make("span", "past-not-live", texts.get("past.not-live")), this.button("past.leave", () => actions.leave(), "past-leave"));
    this.state.setAttribute("role", "status");
    this.fault.setAttribute("role", "alert");
    this.retryButton = this.button("past.retry", () => actions.retry());
    this.fault.append(this.faultWords, this.retryButton);
    setHidden(this.fault, true);

    this.playButton = this.button("past.play", () => actions.playOrPause(), "past-play");
    const moves = this.group("past.moves", [
      this.sign("past.event.before", "|◂", () => actions.event(-1)),
      this.sign("past.step.back", "◂", () => actions.step(-1)),
      this.playButton,
      this.sign("past.step.on", "▸", () => actions.step(1)),
      this.sign("past.event.next", "▸|", () => actions.event(1)),
    ]);
    for (const speed of speeds) this.speedButtons.set(speed, this.plain(`${speed}×`, () => actions.speed(speed)));
    const paces = this.group("past.speed", [...this.speedButtons.values()]);
    for (const span of spans) this.spanButtons.set(span, this.button(spanWords[span], () => actions.span(span)));
    const widths = this.group("past.span", [...this.spanButtons.values()]);
    this.controls.push(...moves.querySelectorAll("button"), ...this.speedButtons.values());

    this.field.type = "datetime-local";
    this.field.step = "60";
    this.field.setAttribute("aria-label", texts.get("past.jump.label"));
    const form = make("form", "past-jump") as HTMLFormElement;
    const go = make("button", "past-button", texts.get("past.jump")) as HTMLButtonElement;
    form.append(this.field, go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const at = instantOf(this.field.value, this.timeZone);
      if (at !== undefined) actions.jump(at);
    });
    const row = make("div", "past-controls");
    row.append(moves, paces, widths, form);
    this.element.append(banner, this.state, this.fault, slider, row);
  }

  /** The moment, written out; `ms` also goes into the field, unless somebody is at it. */
  at(ms: number, words: string): void {
    setText(this.moment, words);
    if (document.activeElement !== this.field) {
      const local = localOf(ms, this.timeZone);
      if (this.field.value !== local) this.field.value = local;
    }
  }

  bounds(from: number, to: number): void {
    this.field.min = localOf(from, this.timeZone);
    this.field.max = localOf(to, this.timeZone);
  }

  playing(playing: boolean): void {
    setText(this.playButton, this.texts.get(playing ? "past.pause" : "past.play"));
    this.playButton.setAttribute("aria-pressed", String(playing));
  }

  /** Whether there is a past to move in. */
  usable(usable: boolean): void {
    for (const button of this.controls) button.disabled = !usable;
  }

  speed(speed: Speed): void {
    for (const [own, button] of this.speedButtons) button.setAttribute("aria-pressed", String(own === speed));
  }

  span(span: Span): void {
    for (const [own, button] of this.spanButtons) button.setAttribute("aria-pressed", String(own === span));
  }

  says(words: string): void {
    setText(this.state, words);
  }

  /** What went wrong; empty when nothing did. */
  fails(words: string, again = true): void {
    setText(this.faultWords, words);
    setHidden(this.retryButton, !again);
    setHidden(this.fault, words === "");
    setData(this.element, "fault", String(words !== ""));
  }

  private group(label: TextKey, buttons: readonly HTMLElement[]): HTMLElement {
    const group = make("div", "past-group");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.texts.get(label));
    group.append(...buttons);
    return group;
  }

  private sign(label: TextKey, sign: string, run: () => void): HTMLButtonElement {
    const button = this.plain(sign, run);
    button.setAttribute("aria-label", this.texts.get(label));
    button.title = this.texts.get(label);
    return button;
  }

  private button(text: TextKey, run: () => void, name = ""): HTMLButtonElement {
    const button = this.plain(this.texts.get(text), run);
    if (name !== "") button.classList.add(name);
    return button;
  }

  private plain(words: string, run: () => void): HTMLButtonElement {
    const button = make("button", "past-button", words) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", run);
    return button;
  }
}
