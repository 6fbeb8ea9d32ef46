import { Reply } from "../alerts/reply";
import { button, symbol } from "../case/controls";
import { Drafts } from "../case/drafts";
import { browserStorage } from "../case/shelf";
import type { Desk } from "../desk/shell";
import { make, setHidden, setText } from "../page/dom";
import { type Call, callsOf } from "./calls";
import type { Squad } from "./squad";

/**
 * Who calls for help now, of any squad, the own one first, whatever moment the page shows. Stays until a person answers: nothing but an answer takes a
 * line away.
 */
export class SosBar {
  private readonly lines = new Map<string, { readonly element: HTMLElement; readonly words: HTMLElement; readonly show: HTMLButtonElement; call: Call }>();
  private readonly drafts: Drafts;

  constructor(private readonly root: HTMLElement, private readonly desk: Desk, private readonly squad: Squad, private readonly show: (unit: string) => void) {
    this.drafts = new Drafts(desk.me.id, browserStorage, () => Date.now());
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
    const show = button(texts.get("sos.show"), () => this.show(call.unit));
    const reply = new Reply({ id: `sos:${call.unit}:${call.at}`, subject: call.unit, callSign: call.callSign }, this.desk, this.drafts, () => {
      this.desk.toasts.show(texts.get("sos.answered", { name: call.callSign }), "done");
      this.squad.hasten();
    });
    element.append(symbol("sign-sos"), words, show, reply.root);
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
      // Under a frame of the past this alone is of now.
      setText(words, texts.get(this.desk.isPast ? "sos.words-now" : "sos.words", { name: call.callSign, age: texts.age(Math.max(0, now - call.at)), place: this.place(call) }));
    }
  }

  private place(call: Call): string {
    return call.grid === undefined ? this.desk.texts.get("sos.nowhere") : this.desk.places.name(call.grid);
  }
}
