import { ask } from "../api/http";
import type { Desk } from "../desk/shell";
import { make, setHidden } from "../page/dom";
import type { Squad } from "./squad";

interface SquadAnswer {
  readonly id: string;
  readonly units: number;
}

/** Which squad the page shows. A lead has one; everybody else chooses. */
export class SquadChoice {
  private readonly select = make("select", "field") as HTMLSelectElement;
  private squads: readonly SquadAnswer[] = [];

  constructor(private readonly root: HTMLElement, private readonly desk: Desk, private readonly squad: Squad) {
    if (desk.me.squad) {
      root.append(make("strong", "", desk.me.squad));
      return;
    }
    const label = make("label", "", desk.texts.get("patrol.squad"));
    label.append(this.select);
    root.append(label);
    this.select.addEventListener("change", () => desk.state.set({ squad: this.select.value, unit: "" }));
    desk.state.on((changed) => { if (changed.has("squad")) this.show(); });
    this.show();
    void this.read();
  }

  private async read(): Promise<void> {
    const answer = await ask<readonly SquadAnswer[]>("api/v1/squads");
    if (answer.kind !== "ok") {
      window.setTimeout(() => void this.read(), 5_000);
      return;
    }
    this.squads = answer.value;
    // Nobody has to choose among one.
    if (this.squad.id === "" && this.squads[0] && this.squads.length === 1) this.desk.state.set({ squad: this.squads[0].id }, true);
    this.show();
  }

  private show(): void {
    const { texts } = this.desk;
    const { id } = this.squad;
    const known = this.squads.some((squad) => squad.id === id);
    this.select.replaceChildren(
      ...(id === "" ? [new Option(texts.get("patrol.choose"), "", true, true)] : []),
      ...(id !== "" && !known ? [new Option(id, id, true, true)] : []),
      ...this.squads.map((squad) => new Option(texts.get("patrol.squad.of", { name: squad.id, n: squad.units }), squad.id, false, squad.id === id)),
    );
    setHidden(this.root, false);
  }
}
