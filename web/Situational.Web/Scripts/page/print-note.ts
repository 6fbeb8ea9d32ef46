import { setText } from "./dom";
import type { Texts } from "./texts";

/** What a page shows, ms of the server's time. */
export interface ShownMoment {
  readonly now: number | undefined;
  /** The moment of the picture; undefined while there is none. */
  readonly shown: number | undefined;
  readonly isPast: boolean;
}

/** How often the note is written anew, ms: a print takes what stands there. */
const paceMs = 1_000;

/** Writes what stands on paper alone: when it was printed, of which moment it is, and that nothing on it changes any more. */
export function printNote(root: HTMLElement, texts: Texts, moment: () => ShownMoment): void {
  const write = (): void => {
    const { now, shown, isPast } = moment();
    const at = texts.stamp(now ?? Date.now());
    setText(root, shown === undefined ? texts.get("print.nothing", { at }) : texts.get(isPast ? "print.past" : "print.snapshot", { at, shown: texts.stamp(shown) }));
  };
  window.setInterval(write, paceMs);
  addEventListener("beforeprint", write);
  write();
}
