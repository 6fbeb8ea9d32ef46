import { ask } from "../api/http";
import { Pinyin } from "../desk/pinyin";
import type { Desk } from "../desk/shell";
import { placeOf } from "../feed/frame";
import { make, part, setHidden, sign } from "../page/dom";
import type { CasesPage } from "./details";
import { rowOf } from "./ended";
import { AreaIndex, findCases, findUnits, resultMost } from "./find";
import type { AreaTree } from "./tree";

export interface Chosen {
  readonly area: (code: string) => void;
  readonly case: (id: string) => void;
  readonly unit: (id: string, place: { readonly lat: number; readonly lon: number } | undefined) => void;
}

interface Result {
  readonly group: "areas" | "units" | "cases";
  readonly key: string;
  readonly severity: number;
  readonly words: string;
  readonly more: string;
  readonly run: () => void;
}

interface UnitAnswer {
  readonly id: string;
  readonly callSign: string;
  readonly squad: string;
  readonly grid: string;
  readonly lat: number;
  readonly lon: number;
  readonly state: string;
}

/** Pause after the last key before the server is asked, ms. */
const typedMs = 250;
/** How long the city's units are remembered, ms. */
const unitsMs = 30_000;

/** One box that finds areas, units and cases. By the pattern of a combobox with a list: the focus stays in the box, arrows move through the results. */
export class Search {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly pinyin = new Pinyin();
  private readonly areas = new AreaIndex(this.pinyin);
  private results: readonly Result[] = [];
  private asked: readonly Result[] = [];
  private at = -1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;
  private onlyAreas = false;
  private units: readonly UnitAnswer[] = [];
  private unitsAt = Number.NEGATIVE_INFINITY;
  /** Whether the server is still to answer. */
  private waits = false;

  constructor(private readonly desk: Desk, private readonly tree: () => AreaTree | undefined, private readonly chosen: Chosen) {
    this.input = part(desk.root, "search-input") as HTMLInputElement;
    this.list = part(desk.root, "search-list");
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("focus", () => this.typed());
    this.input.addEventListener("blur", () => this.close());
    // A click must not take the focus away before it is told what was clicked.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const at = (event.target as Element).closest<HTMLElement>("[role=option]")?.dataset["at"];
      if (at !== undefined) this.take(Number(at));
    });
    desk.shortcuts.register("/", "keys.search", () => this.start(false));
    desk.shortcuts.register("g", "keys.area", () => this.start(true));
  }

  /** There is another territory: what is open is found anew. */
  refresh(): void {
    if (document.activeElement === this.input) this.show();
  }

  private start(onlyAreas: boolean): void {
    this.onlyAreas = onlyAreas;
    this.input.placeholder = this.desk.texts.get(onlyAreas ? "search.areas-hint" : "search.hint");
    this.input.focus();
    this.input.select();
    this.typed();
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asked = [];
    const text = this.input.value.trim();
    // The API finds what is there now: in the past only what the picture has is found.
    this.waits = text.length >= 2 && !this.onlyAreas && !this.desk.isPast;
    if (this.waits) this.timer = setTimeout(() => void this.ask(text), typedMs);
    this.show();
  }

  /** What the page knows by itself, and what the server answered. */
  private show(): void {
    const { desk } = this;
    const { texts, places } = desk;
    const text = this.input.value;
    const tree = this.tree();
    const found: Result[] = [];
    if (tree)
      for (const node of this.areas.find(tree, text, this.onlyAreas ? 12 : resultMost))
        found.push({ group: "areas", key: node.code, severity: 0, words: node.name, more: tree.path(node.code).slice(0, -1).map(({ name }) => name).join(" › ") || node.code, run: () => this.chosen.area(node.code) });
    if (!this.onlyAreas) {
      for (const row of findUnits(desk.picture?.units.values() ?? [], text, this.pinyin))
        found.push({
          group: "units", key: row[0], severity: 0, words: row[8] || row[0], more: [row[0], texts.among("unit", String(row[4])) ?? "", places.name(row[6])].filter(Boolean).join(" · "),
          run: () => this.chosen.unit(row[0], placeOf(row)),
        });
      for (const row of findCases(desk.picture?.cases.values() ?? [], text))
        found.push({ group: "cases", key: row[0], severity: row[3], words: desk.names.category(row[2]), more: `${row[0]} · ${places.name(row[1])}`, run: () => this.chosen.case(row[0]) });
      const known = new Set(found.map(({ group, key }) => `${group} ${key}`));
      for (const result of this.asked) if (!known.has(`${result.group} ${result.key}`)) found.push(result);
    }
    const order = ["areas", "units", "cases"];
    this.results = found.sort((one, other) => order.indexOf(one.group) - order.indexOf(other.group));
    this.at = this.results.length > 0 && text.trim() !== "" ? 0 : -1;
    this.render(text.trim() !== "");
  }

  private render(open: boolean): void {
    const { texts } = this.desk;
    setHidden(this.list, !open);
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) return this.point();
    const nodes: HTMLElement[] = [];
    let group = "";
    let box: HTMLElement | undefined;
    this.results.forEach((result, at) => {
      if (result.group !== group || !box) {
        group = result.group;
        box = make("div", "search-group");
        box.setAttribute("role", "group");
        const title = make("div", "search-title", texts.among("search", group) ?? group);
        title.id = `search-${group}`;
        box.setAttribute("aria-labelledby", title.id);
        box.append(title);
        nodes.push(box);
      }
      const option = make("div", "search-result");
      option.setAttribute("role", "option");
      option.id = `search-result-${at}`;
      option.dataset["at"] = String(at);
      if (result.severity > 0) option.append(sign(result.severity));
      option.append(make("b", "", result.words), make("span", "quiet", result.more));
      box.append(option);
    });
    if (this.results.length === 0) nodes.push(make("div", "search-none", texts.get(this.waits || !this.tree() ? "search.waits" : "search.none")));
    this.list.replaceChildren(...nodes);
    this.point();
  }

  private point(): void {
    for (const option of this.list.querySelectorAll<HTMLElement>("[role=option]")) {
      const chosen = Number(option.dataset["at"]) === this.at;
      option.setAttribute("aria-selected", String(chosen));
      if (chosen) option.scrollIntoView({ block: "nearest" });
    }
    if (this.at >= 0 && !this.list.hidden) this.input.setAttribute("aria-activedescendant", `search-result-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const count = this.results.length;
      if (count > 0) this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
      this.point();
    } else if (event.key === "Enter") {
      if (this.at >= 0) this.take(this.at);
    } else if (event.key === "Escape") {
      if (this.input.value === "" || this.list.hidden) this.input.blur();
      else {
        this.input.value = "";
        this.typed();
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private take(at: number): void {
    const result = this.results[at];
    if (!result) return;
    this.input.value = "";
    this.input.blur();
    result.run();
    this.desk.announce(result.words);
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.onlyAreas = false;
    this.input.placeholder = this.desk.texts.get("search.hint");
    this.render(false);
  }

  /** Cases anywhere by text or number, and units outside the chosen area. */
  private async ask(text: string): Promise<void> {
    const asking = this.asking = new AbortController();
    const { texts, places, names } = this.desk;
    try {
      const [cases, exact, units] = await Promise.all([
        ask<CasesPage>(`api/v1/cases?${new URLSearchParams({ text, limit: String(resultMost) })}`, { signal: asking.signal }),
        /^[\w-]+$/.test(text) ? ask<CasesPage>(`api/v1/cases?${new URLSearchParams({ ids: text })}`, { signal: asking.signal }) : undefined,
        this.cityUnits(asking.signal),
      ]);
      const found: Result[] = [];
      for (const [outcome, own] of [[exact, true], [cases, false]] as const) {
        if (outcome?.kind !== "ok") continue;
        for (const one of outcome.value.cases) {
          if (own && one.id !== text) continue;
          const row = rowOf(one);
          found.push({
            group: "cases", key: one.id, severity: row[3], words: one.description || names.category(one.category),
            // What was typed may stand in the report and nowhere in the line.
            more: [own ? "" : texts.get("search.by-text"), texts.among("stage", one.stage) ?? "", one.id, places.name(one.grid)].filter(Boolean).join(" · "), run: () => this.chosen.case(one.id),
          });
        }
      }
      const rows = units.map((unit) => [unit.id, Math.round(unit.lat * 1e6), Math.round(unit.lon * 1e6), -1, 0, 0, unit.grid, unit.squad, unit.callSign, 0, -1, 0, 0] as const);
      for (const row of findUnits(rows, text, this.pinyin))
        found.push({ group: "units", key: row[0], severity: 0, words: row[8] || row[0], more: [row[0], places.name(row[6])].join(" · "), run: () => this.chosen.unit(row[0], placeOf(row)) });
      this.asked = found;
    } catch {
      // Something else was typed meanwhile.
      return;
    }
    this.waits = false;
    if (document.activeElement === this.input) this.show();
  }

  private async cityUnits(signal: AbortSignal): Promise<readonly UnitAnswer[]> {
    const now = performance.now();
    if (now - this.unitsAt < unitsMs || this.desk.area === this.desk.territory?.root) return this.desk.area === this.desk.territory?.root ? [] : this.units;
    const outcome = await ask<readonly UnitAnswer[]>("api/v1/units?limit=10000", { signal });
    if (outcome.kind === "ok") [this.units, this.unitsAt] = [outcome.value, now];
    return this.units;
  }
}

