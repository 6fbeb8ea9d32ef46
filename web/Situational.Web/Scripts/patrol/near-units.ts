import { ask, newKey } from "../api/http";
import { button, symbol } from "../case/controls";
import type { CaseAnswer, NearUnit } from "../case/wire";
import type { CaseWords } from "../case/words";
import { refusalWords } from "../desk/refusals";
import type { Desk } from "../desk/shell";
import { make, setHidden, setText, sign } from "../page/dom";

const everyMs = 15_000;
const most = 12;
const states = ["live", "late", "stale", "gone"];

/** Who is nearest to a case: `case` in the address, chosen on the map, in the roster or by its number. */
export class NearUnits {
  private readonly field = make("input", "field") as HTMLInputElement;
  private readonly head = make("p", "near-case");
  private readonly note = make("p", "quiet");
  private readonly list = make("ol", "near-list");
  private readonly fault = make("p", "fault");
  private one: CaseAnswer | undefined;
  private near: readonly NearUnit[] = [];
  private readonly keys = new Map<string, string>();
  private next = 0;
  private asking = false;
  private past = false;

  constructor(root: HTMLElement, private readonly desk: Desk, private readonly words: CaseWords, private readonly show: (unit: string) => void) {
    const { texts } = desk;
    this.fault.setAttribute("role", "alert");
    this.field.placeholder = texts.get("near.number");
    this.field.setAttribute("aria-label", texts.get("near.number"));
    this.field.setAttribute("list", "near-cases");
    const known = make("datalist", "");
    known.id = "near-cases";
    this.field.addEventListener("focus", () => {
      known.replaceChildren(...[...desk.picture?.cases.values() ?? []].sort((a, b) => a[3] - b[3]).slice(0, 200)
        .map((row) => new Option(`${desk.names.category(row[2])} · ${desk.places.name(row[1])}`, row[0])));
    });
    const form = make("form", "near-form") as HTMLFormElement;
    const go = button(texts.get("near.find"), () => form.requestSubmit());
    form.append(this.field, known, go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      desk.state.set({ case: this.field.value.trim() });
    });
    root.append(make("h2", "", texts.get("patrol.nearest")), form, this.head, this.note, this.list, this.fault);
    desk.state.on((changed) => { if (changed.has("case")) this.choose(); });
    desk.onTick("near", (now) => {
      if (desk.isPast !== this.past) this.choose();
      if (!desk.isPast && desk.state.get("case") !== "" && !this.asking && now >= this.next) void this.read(now);
    });
    this.choose();
  }

  private choose(): void {
    this.field.value = this.desk.state.get("case");
    [this.one, this.near, this.next, this.past] = [undefined, [], 0, this.desk.isPast];
    setText(this.fault, "");
    // The API knows who is near now alone.
    this.draw(this.past ? "near.past" : "near.choose");
  }

  private async read(now: number): Promise<void> {
    const id = this.desk.state.get("case");
    this.asking = true;
    this.next = now + everyMs;
    try {
      const found = await ask<CaseAnswer>(`api/v1/cases/${encodeURIComponent(id)}`);
      if (id !== this.desk.state.get("case") || this.desk.isPast) return;
      if (found.kind !== "ok") {
        [this.one, this.near] = [undefined, []];
        this.draw(found.kind === "refused" && found.problem.status === 404 ? "near.unknown" : "near.failed");
        return;
      }
      const near = await ask<readonly NearUnit[]>(`api/v1/units/nearest?lat=${found.value.lat}&lon=${found.value.lon}&limit=${most}`);
      if (id !== this.desk.state.get("case") || this.desk.isPast) return;
      this.one = found.value;
      // Where units were a while ago says nothing about who is near now.
      this.near = near.kind === "ok" ? near.value : [];
      this.draw(near.kind !== "ok" ? "near.failed" : this.near.length === 0 ? "near.none" : undefined);
    } finally {
      this.asking = false;
    }
  }

  private draw(note: "near.choose" | "near.past" | "near.unknown" | "near.failed" | "near.none" | undefined): void {
    const { texts, names, places } = this.desk;
    const { one } = this;
    const loading = note === "near.choose" && this.desk.state.get("case") !== "";
    setText(this.note, note ? texts.get(loading ? "near.loading" : note) : "");
    setHidden(this.note, note === undefined);
    setHidden(this.head, one === undefined);
    if (one) this.head.replaceChildren(sign(["red", "orange", "yellow", "blue"].indexOf(one.severity) + 1), make("span", "", `${names.category(one.category)} · ${places.name(one.grid)} · ${one.id}`));
    this.list.replaceChildren(...this.near.map((unit) => this.row(unit)));
  }

  private row({ unit, meters, cases }: NearUnit): HTMLElement {
    const { texts, me } = this.desk;
    const state = Math.max(0, states.indexOf(unit.state));
    const item = make("li", "near-unit");
    item.dataset["unit"] = unit.id;
    item.dataset["unitState"] = String(state);
    const name = button(unit.callSign, () => this.show(unit.id), { small: true });
    item.append(
      symbol(`unit-${state}`), name, make("span", "near-state", texts.among("unit", String(state)) ?? unit.state), make("span", "near-meters", this.words.meters(meters)),
      make("span", "quiet", cases.length > 0 ? texts.get("near.cases", { n: cases.length }) : texts.get("roster.free")),
    );
    if (me.role === "officer" && this.one?.allowed.includes("dispatch")) {
      const give = button(texts.get("near.dispatch"), () => void this.dispatch(unit.id, unit.callSign, give), { small: true, kind: "main" });
      give.setAttribute("aria-label", texts.get("near.dispatch-to", { name: unit.callSign }));
      item.append(give);
    }
    return item;
  }

  private async dispatch(unit: string, callSign: string, give: HTMLButtonElement): Promise<void> {
    const { one } = this;
    if (!one) return;
    const { texts, toasts } = this.desk;
    give.disabled = true;
    setText(this.fault, "");
    // The same try again is the same step: it is carried out once, even if nobody heard the first answer.
    const name = `${one.id} ${one.revision} ${unit}`;
    const key = this.keys.get(name) ?? newKey();
    this.keys.clear();
    this.keys.set(name, key);
    const answer = await ask<CaseAnswer>(`api/v1/cases/${encodeURIComponent(one.id)}/dispatch`, {
      method: "POST", body: { assignee: { kind: "unit", id: unit } }, key, ifMatch: `"${one.revision}"`,
    });
    give.disabled = false;
    if (answer.kind === "ok") toasts.show(texts.get("near.dispatched", { name: callSign, id: one.id }), "done");
    setText(this.fault, answer.kind === "refused" && answer.problem.status === 412 ? texts.get("near.changed") : refusalWords(texts, answer));
    this.next = 0;
  }
}
