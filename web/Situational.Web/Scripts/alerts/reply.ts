import { ask, newKey } from "../api/http";
import type { Drafts } from "../case/drafts";
import type { DeskSeam } from "../case/seam";
import { make, setText } from "../page/dom";
/** The call that is answered. */
export interface AnsweredCall {
  /** As the alert of the call has it: what was typed belongs to it on every page. */
  readonly id: string;
  /** The unit that calls. */
  readonly subject: string;
  readonly callSign: string;
}

/** Longest answer, characters; the API's limit. */
const mostNote = 1_000;

const step = "sos-answer";

/** Whether somebody began to answer that call for help and was interrupted. */
export function hasReply(alert: AnsweredCall, drafts: Drafts): boolean {
  return drafts.get(alert.id, step) !== undefined;
}

/** The answer to a call for help, written where the call stands. What was typed outlives a reload. */
export class Reply {
  readonly root = make("form", "alert-reply") as HTMLFormElement;
  private readonly note = make("input", "field") as HTMLInputElement;
  private readonly send: HTMLButtonElement;
  private readonly fault = make("p", "fault");
  private readonly key = newKey();

  /** @param done it was answered, by this desk or by another */
  constructor(private readonly alert: AnsweredCall, private readonly desk: Pick<DeskSeam, "texts" | "announce">, private readonly drafts: Drafts, private readonly done: () => void) {
    const { texts } = desk;
    this.note.maxLength = mostNote;
    this.note.placeholder = texts.get("alert.answer.note");
    this.note.setAttribute("aria-label", texts.get("alert.answer.note-to", { name: alert.callSign }));
    const kept = drafts.get(alert.id, step)?.["note"];
    if (typeof kept === "string") this.note.value = kept;
    this.note.addEventListener("input", () => drafts.put(alert.id, step, { note: this.note.value }));
    this.send = make("button", "button", texts.get("alert.answer.send")) as HTMLButtonElement;
    this.send.dataset["kind"] = "main";
    this.send.dataset["small"] = "true";
    this.fault.setAttribute("role", "alert");
    this.root.append(this.note, this.send, this.fault);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.answer();
    });
  }

  focus(): void {
    this.note.focus();
  }

  private async answer(): Promise<void> {
    const { alert, desk: { texts } } = this;
    this.send.disabled = true;
    setText(this.fault, "");
    const said = this.note.value.trim();
    const answer = await ask(`api/v1/units/${encodeURIComponent(alert.subject)}/sos/answer`, { method: "POST", body: said === "" ? {} : { note: said }, key: this.key });
    this.send.disabled = false;
    const late = answer.kind === "refused" && answer.problem.status === 409;
    if (answer.kind !== "ok" && !late) {
      setText(this.fault, texts.get(answer.kind === "unreachable" ? "alert.answer.unknown" : "alert.answer.failed"));
      return;
    }
    this.drafts.clear(alert.id, step);
    this.desk.announce(texts.get(late ? "alert.answer.late" : "alert.answer.done", { name: alert.callSign }));
    this.done();
  }
}
