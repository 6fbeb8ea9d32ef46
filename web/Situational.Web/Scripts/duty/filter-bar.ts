import { assigneeOf, severityNames, stageNames } from "../desk/cases";
import type { Desk } from "../desk/shell";
import { part, setHidden, setText } from "../page/dom";
import { type Filter, filterNames } from "./filter";
import type { AssigneeNames } from "./row";

/** Pause after the last key before a text is looked for, ms. */
const typedMs = 300;
/** Assignees that the menu offers, those with most cases first. */
const assigneeMost = 200;

/** Stages with their numbers, and the filters: both write the address, and show what it says. */
export class FilterBar {
  private readonly tabs: readonly HTMLAnchorElement[];
  private readonly severities: readonly HTMLButtonElement[];
  private readonly text: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly root: HTMLElement, private readonly desk: Desk, private readonly assignees: AssigneeNames) {
    const { state } = desk;
    this.tabs = [...part(root, "tabs").querySelectorAll<HTMLAnchorElement>("[data-stages]")];
    for (const tab of this.tabs)
      tab.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        state.set({ stage: tab.dataset["stages"] ?? "" });
      });
    this.severities = [...part(root, "severities").querySelectorAll<HTMLButtonElement>("button")];
    for (const button of this.severities)
      button.addEventListener("click", () => {
        const severity = button.dataset["severity"] ?? "";
        const name = severityNames[Number(severity)] ?? "";
        state.set({ severity: state.get("severity") === name ? "" : name });
      });
    for (const name of ["level", "category", "assignee"]) {
      const field = this.select(name);
      field.addEventListener("change", () => state.set({ [name]: field.value }));
    }
    const category = this.select("category");
    for (const [code, words] of desk.names.categoryList) category.append(new Option(words, code));
    const assignee = this.select("assignee");
    for (const kind of ["pointerdown", "focus", "keydown"]) assignee.addEventListener(kind, () => this.offerAssignees());
    this.text = part(root, "filter-text") as HTMLInputElement;
    this.text.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.typed(), typedMs);
    });
    this.text.addEventListener("change", () => this.typed());
    part(root, "filter-clear").addEventListener("click", () => this.clear());
  }

  clear(): void {
    this.desk.state.set(Object.fromEntries(filterNames.map((name) => [name, ""])));
  }

  show(filter: Filter): void {
    const { state } = this.desk;
    const chosen = filter.stages.join(",");
    for (const tab of this.tabs) {
      tab.href = state.link({ stage: tab.dataset["stages"] ?? "" });
      if (tab.dataset["stages"] === chosen) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    for (const button of this.severities) button.setAttribute("aria-pressed", String(Number(button.dataset["severity"]) === filter.severity));
    this.select("level").value = state.get("level");
    this.choose("category", filter.category, filter.category);
    this.choose("assignee", filter.assignee, this.assignees.name(filter.assignee));
    if (document.activeElement !== this.text || this.text.value.trim() !== filter.text) this.text.value = filter.text;
    setHidden(part(this.root, "filter-clear"), !filterNames.some((name) => name !== "stage" && state.get(name) !== ""));
  }

  /** @param byStage cases by the number of their stage */
  count(byStage: Int32Array): void {
    for (const tab of this.tabs) {
      const stages = tab.dataset["stages"] ?? "";
      const number = tab.querySelector("b");
      if (!number) continue;
      let sum = 0;
      byStage.forEach((count, stage) => { if (stages === "" || stages.split(",").includes(stageNames[stage] ?? "")) sum += count; });
      setText(number, this.desk.picture ? this.desk.texts.number(sum) : "–");
    }
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.desk.state.set({ text: this.text.value.trim() }, true);
  }

  private select(name: string): HTMLSelectElement {
    return part(this.root, `filter-${name}`) as HTMLSelectElement;
  }

  /** Chooses what the address says, also where the menu does not offer it. */
  private choose(name: string, value: string, words: string): void {
    const field = this.select(name);
    if (![...field.options].some((option) => option.value === value)) field.append(new Option(words, value));
    field.value = value;
  }

  /** Fills the menu with those who have cases now. */
  private offerAssignees(): void {
    const field = this.select("assignee");
    const counts = new Map<string, number>();
    for (const row of this.desk.picture?.cases.values() ?? []) {
      const assignee = assigneeOf(row);
      if (assignee !== "") counts.set(assignee, (counts.get(assignee) ?? 0) + 1);
    }
    const offered = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, assigneeMost);
    const keep = field.value;
    // The first two are anyone and nobody.
    while (field.options.length > 2) field.remove(2);
    for (const [assignee, count] of offered) field.append(new Option(`${this.assignees.name(assignee)} (${count})`, assignee));
    this.choose("assignee", keep, this.assignees.name(keep));
  }
}
