import type { Desk } from "./shell";
import { setText } from "../page/dom";

/** How often the note is written anew, ms: a print takes what stands there. */
const paceMs = 1_000;

/** What stands on paper alone: when it was printed, of which moment it is, and that nothing on it changes any more. */
export class PrintNote {
  private next = 0;

  constructor(private readonly root: HTMLElement, private readonly desk: Desk) {
    desk.onTick("print", (now) => {
      if (now < this.next) return;
      this.next = now + paceMs;
      setText(root, this.words());
    });
    addEventListener("beforeprint", () => setText(this.root, this.words()));
  }

  private words(): string {
    const { desk } = this;
    const { texts } = desk;
    const at = texts.stamp(desk.serverNow() ?? Date.now());
    const shown = desk.isPast ? desk.now() : desk.livePicture?.at;
    if (shown === undefined) return texts.get("print.nothing", { at });
    return texts.get(desk.isPast ? "print.past" : "print.snapshot", { at, shown: texts.stamp(shown) });
  }
}
