import { ask } from "../api/http";
import { button, symbol } from "../case/controls";
import { refusalWords } from "../desk/refusals";
import type { Desk } from "../desk/shell";
import { make, setHidden, setText } from "../page/dom";
import { type Call, callsOf } from "./calls";
import type { Squad } from "./squad";

/** Longest answer to a call for help, characters; the API's limit. */
const mostNote = 1_000;

/**
 * Who calls for help now, of any squad, the own one first, whatever moment the page shows. Stays until a person answers: nothing but an answer takes a
 * line away.
 */
export class SosBar {
  private readonly lines = new Map<string, { readonly element: HTMLElement; readonly words: HTMLElement; readonly show: HTMLButtonElement; call: Call }>();

  constructor(private readonly root: HTMLElement, private readonly desk: Desk, private readonly squad: Squad, private readonly show: (unit: string) => void) {
    squad.on(() => this.draw());
    desk.onTick("sos", () => this.tell());
  }

  private draw(): void {
    const live = this.desk.livePicture;
    const left = new Set(this.lines.keys());
    for (const call of callsOf(this.squad.live, live?.units.values() ?? [])) {
      const key = `${call.unit} ${call.at}`;
      left.delete(key);
      const line = this.lines.get(key);
      if (line) line.call = call;
      else this.add(key, call);
    }
    // While nobody knows what is live, nobody knows that a call was answered.
    if (live) {
      for (const key of left) {
        this.lines.get(key)?.element.remove();
        this.lines.delete(key);
      }
    }
    setHidden(this.root, this.lines.size === 0);
    this.tell();
  }

  private add(key: string, call: Call): void {
    const { texts } = this.desk;
    const element = make("div", "sos-line");
    const words = make("strong", "sos-words");
    const fault = make("span", "fault");
    fault.setAttribute("role", "alert");
    const show = button(texts.get("sos.show"), () => this.show(call.unit));
    const note = make("input", "field sos-note") as HTMLInputElement;
    note.maxLength = mostNote;
    note.placeholder = texts.get("sos.note");
    note.setAttribute("aria-label", texts.get("sos.note-to", { name: call.callSign }));
    const answer = button(texts.get("sos.answer"), () => void this.answer(call, note, answer, fault), { kind: "main" });
    element.append(symbol("sign-sos"), words, show, note, answer, fault);
    this.lines.set(key, { element, words, show, call });
    this.root.append(element);
    this.desk.announce(texts.get("sos.words", { name: call.callSign, age: texts.age(0), place: this.place(call) }));
  }

  private tell(): void {
    const now = this.desk.serverNow();
    if (this.lines.size === 0 || now === undefined) return;
    const { texts } = this.desk;
    for (const { words, show, call } of this.lines.values()) {
      // Nobody can be led to where nobody knows.
      show.disabled = call.grid === undefined;
      setText(words, texts.get("sos.words", { name: call.callSign, age: texts.age(Math.max(0, now - call.at)), place: this.place(call) }));
    }
  }

  private place(call: Call): string {
    return call.grid === undefined ? this.desk.texts.get("sos.nowhere") : this.desk.places.name(call.grid);
  }

  private async answer(call: Call, note: HTMLInputElement, sent: HTMLButtonElement, fault: HTMLElement): Promise<void> {
    sent.disabled = true;
    setText(fault, "");
    const said = note.value.trim();
    const answer = await ask(`api/v1/units/${encodeURIComponent(call.unit)}/sos/answer`, { method: "POST", body: said === "" ? {} : { note: said } });
    sent.disabled = false;
    if (answer.kind === "ok") {
      this.desk.toasts.show(this.desk.texts.get("sos.answered", { name: call.callSign }), "done");
      this.squad.hasten();
    } else {
      setText(fault, refusalWords(this.desk.texts, answer));
    }
  }
}
