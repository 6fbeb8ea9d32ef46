import { ask } from "../api/http";
import type { Desk } from "../desk/shell";
import type { CaseRow } from "../feed";
import { make, part, setHidden, setText } from "../page/dom";
import type { AssigneeNames } from "./row";

export type TargetKind = "unit" | "squad" | "department";

/** To whom cases can be given. */
export interface Target {
  readonly kind: TargetKind;
  readonly id: string;
  readonly words: string;
  /** What is said beside the name: how far, in which state, with how many cases. */
  readonly more: string;
}

/** Units that are offered. */
const nearMost = 20;

interface NearUnit {
  readonly unit: { readonly id: string; readonly callSign: string; readonly squad: string; readonly state: string };
  readonly meters: number;
  readonly cases: readonly string[];
}

interface Category {
  readonly code: string;
  readonly departments: readonly string[];
}

/** The choice of who gets the cases: units, the nearest first; squads; departments, those responsible first. */
export class Targets {
  private readonly list: HTMLElement;
  private readonly kinds: readonly HTMLInputElement[];
  private kind: TargetKind = "unit";
  private offered: readonly Target[] = [];
  private asking: AbortController | undefined;
  private cases: readonly CaseRow[] = [];

  constructor(private readonly root: HTMLElement, private readonly desk: Desk, private readonly assignees: AssigneeNames) {
    this.list = part(root, "dispatch-targets");
    this.kinds = [...part(root, "dispatch-kinds").querySelectorAll<HTMLInputElement>("input")];
    for (const input of this.kinds)
      input.addEventListener("change", () => {
        if (input.checked) void this.read(input.value as TargetKind, false);
      });
  }

  get chosen(): Target | undefined {
    const id = this.list.querySelector<HTMLInputElement>("input:checked")?.value;
    return this.offered.find((target) => target.id === id);
  }

  offer(cases: readonly CaseRow[]): void {
    this.cases = cases;
    void this.read(this.kind, true);
  }

  focus(): void {
    const input = this.list.querySelector<HTMLInputElement>("input:checked") ?? this.list.querySelector("input") ?? this.kinds.find(({ checked }) => checked);
    input?.focus();
  }

  /** @param focus whether the keyboard goes to the first target, unless somebody has taken it elsewhere meanwhile. */
  private async read(kind: TargetKind, focus: boolean): Promise<void> {
    this.kind = kind;
    for (const input of this.kinds) input.checked = input.value === kind;
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    this.show(undefined);
    let targets: readonly Target[] | "failed";
    try {
      targets = kind === "unit" ? await this.units(asking.signal) : kind === "squad" ? await this.squads(asking.signal) : await this.departments(asking.signal);
    } catch {
      // Another kind was chosen meanwhile.
      return;
    }
    if (this.asking !== asking) return;
    this.show(targets);
    const active = document.activeElement;
    if (active === document.body || (focus && this.kinds.includes(active as HTMLInputElement))) this.focus();
  }

  private async units(signal: AbortSignal): Promise<readonly Target[] | "failed"> {
    const { texts } = this.desk;
    if (this.cases.length === 0) return [];
    const middle = (column: 5 | 6): string => (this.cases.reduce((sum, row) => sum + row[column], 0) / this.cases.length / 1e6).toFixed(6);
    const outcome = await ask<readonly NearUnit[]>(`api/v1/units/nearest?lat=${middle(5)}&lon=${middle(6)}&limit=${nearMost}`, { signal });
    if (outcome.kind !== "ok") return "failed";
    return outcome.value.map(({ unit, meters, cases }) => ({
      kind: "unit", id: unit.id, words: unit.callSign || unit.id,
      more: [
        meters < 1_000 ? texts.get("dispatch.meters", { n: Math.round(meters) }) : texts.get("dispatch.kilometers", { n: (meters / 1_000).toFixed(1) }),
        texts.among("unit", { live: "0", late: "1", stale: "2", gone: "3" }[unit.state] ?? "") ?? unit.state,
        cases.length > 0 ? texts.get("dispatch.busy", { n: cases.length }) : texts.get("dispatch.free"), unit.squad,
      ].filter(Boolean).join(" · "),
    }));
  }

  private async squads(signal: AbortSignal): Promise<readonly Target[] | "failed"> {
    const outcome = await ask<readonly { readonly id: string; readonly units: number }[]>("api/v1/squads", { signal });
    if (outcome.kind !== "ok") return "failed";
    return outcome.value.map(({ id, units }) => ({ kind: "squad", id, words: id, more: this.desk.texts.get("dispatch.units", { n: units }) }));
  }

  private async departments(signal: AbortSignal): Promise<readonly Target[] | "failed"> {
    const english = this.desk.texts.language.startsWith("en");
    const [departments, categories] = await Promise.all([
      ask<{ readonly departments: readonly { readonly code: string; readonly name: { readonly zh: string; readonly en: string } }[] }>("api/v1/departments", { signal }),
      ask<{ readonly categories: readonly Category[] }>("api/v1/categories", { signal }),
    ]);
    if (departments.kind !== "ok") return "failed";
    this.assignees.take(departments.value.departments.map(({ code, name }) => [code, english ? name.en : name.zh] as const));
    const wanted = new Set(this.cases.map((row) => row[2]));
    const responsible = categories.kind === "ok" ? categories.value.categories.filter(({ code }) => wanted.has(code)).flatMap((category) => category.departments) : [];
    const rank = (code: string): number => responsible.includes(code) ? responsible.indexOf(code) : responsible.length;
    return departments.value.departments
      .map(({ code, name }): Target => ({ kind: "department", id: code, words: english ? name.en : name.zh, more: responsible.includes(code) ? this.desk.texts.get("dispatch.responsible") : "" }))
      .sort((one, other) => rank(one.id) - rank(other.id));
  }

  /** @param targets undefined while they are on their way */
  private show(targets: readonly Target[] | "failed" | undefined): void {
    const { texts } = this.desk;
    this.offered = Array.isArray(targets) ? targets as readonly Target[] : [];
    const words = part(this.root, "dispatch-targets-words");
    setHidden(words, this.offered.length > 0);
    setText(words, texts.get(targets === undefined ? "dispatch.reading" : targets === "failed" ? "dispatch.unread" : "dispatch.nobody"));
    this.list.replaceChildren(...this.offered.map((target, at) => {
      const item = make("label", "dispatch-target");
      const input = make("input", "") as HTMLInputElement;
      input.type = "radio";
      input.name = "dispatch-target";
      input.value = target.id;
      input.checked = at === 0;
      item.append(input, make("b", "", target.words), make("span", "quiet", target.more));
      return item;
    }));
  }
}
