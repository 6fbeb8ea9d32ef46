import { part } from "../page/dom";
import { printNote } from "../page/print-note";
import type { Desk } from "./shell";

/** What stands on a desk's paper alone. */
export function deskPrintNote(desk: Desk): void {
  printNote(part(desk.root, "print-note"), desk.texts, () => ({ now: desk.serverNow(), shown: desk.isPast ? desk.now() : desk.livePicture?.at, isPast: desk.isPast }));
}
