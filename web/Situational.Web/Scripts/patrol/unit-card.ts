import { ask } from "../api/http";
import { button } from "../case/controls";
import { refusalWords } from "../desk/refusals";
import type { Desk } from "../desk/shell";
import { make, setHidden, setText } from "../page/dom";
import type { RosterRow } from "./roster";
import type { Squad } from "./squad";

/** What can be done with the chosen unit: on and off duty, its trail. */
export class UnitCard {
  private readonly title = make("h2", "");
  private readonly facts = make("p", "quiet");
  private readonly duty: HTMLButtonElement;
  private readonly trail: HTMLButtonElement;
  private readonly fault = make("p", "fault");
  private of = "";

  constructor(private readonly root: HTMLElement, private readonly desk: Desk, private readonly squad: Squad, addTrail: (unit: string, callSign: string) => void) {
    const { texts } = desk;
    this.fault.setAttribute("role", "alert");
    this.duty = button("", () => this.row && this.ask(this.row));
    this.trail = button(texts.get("trail.add"), () => { if (this.row) addTrail(this.row.id, this.row.callSign); });
    const actions = make("div", "card-actions");
    actions.append(this.trail, this.duty);
    root.append(this.title, this.facts, actions, this.fault);
    squad.on(() => this.show());
    desk.state.on((changed) => { if (changed.has("unit") || changed.has("at")) this.show(); });
    this.show();
  }

  private get row(): RosterRow | undefined {
    const id = this.desk.state.get("unit");
    return this.squad.rows.find((row) => row.id === id);
  }

  private show(): void {
    const { row } = this;
    const { texts, places } = this.desk;
    setHidden(this.root, row === undefined);
    if (!row) return;
    if (this.of !== row.id) {
      this.of = row.id;
      setText(this.fault, "");
    }
    setText(this.title, row.callSign);
    setText(this.facts, row.onDuty ? (row.grid === undefined ? row.id : `${row.id} · ${places.name(row.grid)}`) : texts.get("card.off"));
    setText(this.duty, texts.get(row.onDuty ? "card.go-off" : "card.go-on"));
    this.duty.disabled = this.desk.isPast;
  }

  /** Asks once more before a person vanishes from the map. */
  private ask(row: RosterRow): void {
    const { texts } = this.desk;
    const dialog = make("dialog", "dialog") as HTMLDialogElement;
    const title = make("h2", "dialog-title", texts.get(row.onDuty ? "card.off-title" : "card.on-title", { name: row.callSign }));
    title.id = "card-title";
    dialog.setAttribute("aria-labelledby", title.id);
    const actions = make("div", "dialog-actions");
    actions.append(
      button(texts.get("card.cancel"), () => dialog.close()),
      button(texts.get(row.onDuty ? "card.go-off" : "card.go-on"), () => {
        dialog.close();
        void this.set(row, !row.onDuty);
      }, { kind: "main" }),
    );
    dialog.append(title, make("p", "", texts.get(row.onDuty ? "card.off-words" : "card.on-words")), actions);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  private async set(row: RosterRow, on: boolean): Promise<void> {
    const { texts, toasts } = this.desk;
    this.duty.disabled = true;
    const answer = await ask(`api/v1/units/${encodeURIComponent(row.id)}/duty`, { method: "POST", body: { on } });
    this.duty.disabled = false;
    if (answer.kind === "ok") toasts.show(texts.get(on ? "card.is-on" : "card.is-off", { name: row.callSign }), "done");
    setText(this.fault, answer.kind === "refused" && answer.problem.status === 409 ? texts.get("card.sos-open") : refusalWords(texts, answer));
    this.squad.hasten();
  }
}
