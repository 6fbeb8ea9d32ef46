import type { Desk } from "../desk/shell";
import { stageWords } from "../desk/cases";
import type { CaseRow, Picture } from "../feed";
import { countdownOf } from "../page/countdown";
import { make, part, setData, setHidden, setSign, setText } from "../page/dom";
import { Polled } from "../page/polled";
import { Paced } from "../page/rows";
import { AreaTable } from "./area-table";
import { byDeadline } from "./filter";
import { type AreaSum, type AreaTree, ChildSums, worstRisk } from "./tree";

const coverageEveryMs = 60_000;
const coverageKeptMs = 180_000;
const reasonsEveryMs = 15_000;
const reasonsKeptMs = 60_000;

/** Stages in the order of the loop, by number; those that few cases are in share a figure. */
const stageGroups: readonly (readonly [name: string, stages: readonly number[]])[] = [
  ["reported", [1]], ["accepted", [2, 9]], ["handling", [3, 4, 10]], ["handled", [5]], ["verified", [6]], ["suspended", [11]],
];

/** The figures of the chosen area, what is below it, and why its risk is what it is. */
export class AreaPanel {
  private readonly paced = new Paced(500, () => this.show());
  private readonly table: AreaTable;
  private sums: ChildSums | undefined;
  private coverage: Polled<number | undefined> | undefined;
  private reasons: Polled<readonly string[]> | undefined;
  private tree: AreaTree | undefined;
  private area = "";

  constructor(private readonly desk: Desk, go: (area: string) => void, private readonly openCase: (id: string) => void) {
    this.table = new AreaTable(desk, go);
    desk.onPicture("area", () => this.paced.mark());
    desk.onTick("area", (now) => {
      const ready = !desk.isPast;
      this.coverage?.tick(now, ready);
      this.reasons?.tick(now, ready);
      this.paced.tick(now);
    });
    part(desk.root, "due-next").addEventListener("click", () => {
      const id = part(desk.root, "due-next").dataset["id"];
      if (id) this.openCase(id);
    });
  }

  use(tree: AreaTree, area: string): void {
    if (tree !== this.tree || area !== this.area) {
      [this.tree, this.area] = [tree, area];
      this.sums = new ChildSums(tree, area);
      const code = encodeURIComponent(area);
      this.coverage = new Polled(`api/v1/coverage?area=${code}&cadence=daily&periods=1`, readShare, coverageEveryMs, coverageKeptMs);
      this.reasons = tree.isGrid(area)
        ? new Polled(`api/v1/grids/${code}?lang=${encodeURIComponent(this.desk.texts.language)}`, readReasons, reasonsEveryMs, reasonsKeptMs)
        : undefined;
    }
    this.paced.hasten();
  }

  private show(): void {
    const { root, picture } = this.desk;
    setData(part(root, "area"), "loading", String(!picture));
    if (!picture || !this.sums || !this.tree) return this.blank();
    const children = this.sums.of(picture.grids.values());
    const whole = sumUp(children);
    this.showFigures(picture, whole);
    this.showRisk(whole);
    if (this.tree.isGrid(this.area)) this.table.showUnits(picture, this.area);
    else this.table.showChildren(children);
  }

  private blank(): void {
    const { root } = this.desk;
    for (const figure of part(root, "area-figures").querySelectorAll<HTMLElement>("dd [data-part], dd[data-part]")) setText(figure, "–");
    this.table.clear();
  }

  private showFigures(picture: Picture, whole: AreaSum): void {
    const { root, texts } = this.desk;
    const { totals } = picture;
    const number = (name: string, value: number): void => {
      const element = part(root, name);
      setText(element, texts.number(value));
      setData(element, "zero", String(value === 0));
    };
    [totals.red, totals.orange, totals.yellow, totals.blue].forEach((count, at) => number(`area-open-${at + 1}`, count));
    number("area-overdue", totals.overdue);
    setText(part(root, "area-approaching"), texts.get("area.approaching", { n: texts.number(totals.approaching) }));
    number("area-units", totals.live);
    setText(part(root, "area-units-more"), texts.get("area.units-more", { stale: totals.stale, gone: totals.gone }));
    part(root, "area-units-more").title = texts.get("area.units-title", { late: totals.late, stale: totals.stale, gone: totals.gone });
    number("area-silent", totals.silent);
    const heard = whole.heardAt > 0 ? Math.max(0, (this.desk.now() ?? picture.at) - whole.heardAt) : undefined;
    setText(part(root, "area-heard"), heard === undefined ? texts.get("area.never-heard") : texts.get("area.heard", { age: texts.age(Math.max(heard, 10_000)) }));
    part(root, "area-heard").title = heard === undefined ? "" : texts.moment(whole.heardAt, this.desk.now() ?? picture.at);
    // What is polled is of now: it has no place in the past.
    const share = this.desk.isPast ? undefined : this.coverage?.value;
    setText(part(root, "area-coverage"), share === undefined ? "—" : texts.percent(share));
    part(root, "area-coverage").title = this.desk.isPast ? texts.get("area.past-unknown") : "";
    this.showStages(picture);
  }

  private showStages(picture: Picture): void {
    const { root, texts, state } = this.desk;
    const counts = new Int32Array(13);
    let next: CaseRow | undefined;
    for (const row of picture.cases.values()) {
      counts[row[4]]!++;
      // What has run out is said by its own figure; next is what will.
      if (row[8] > 0 && row[9] < 2 && (!next || byDeadline(row, next) < 0)) next = row;
    }
    for (const [name, stages] of stageGroups) {
      const figure = part(root, `stage-${name}`);
      setText(figure, texts.number(stages.reduce((sum, stage) => sum + counts[stage]!, 0)));
      figure.parentElement!.title = stageWords(texts, name);
    }
    const button = part(root, "due-next") as HTMLButtonElement;
    button.disabled = !next;
    setData(button, "id", next?.[0] ?? "");
    const now = this.desk.now() ?? picture.at;
    const countdown = countdownOf({ dueAt: next?.[8] ?? 0, level: next?.[9] ?? 0 }, now, texts);
    setData(button, "state", countdown.state);
    setText(part(root, "due-next-words"), countdown.words);
    setText(part(root, "due-next-what"), next ? `${this.desk.names.category(next[2])} · ${this.desk.places.name(next[1])}` : "");
    const overdue = part(root, "overdue-link") as HTMLAnchorElement;
    overdue.href = state.link({ level: "overdue", stage: "" });
  }

  private showRisk(whole: AreaSum): void {
    const { root, texts } = this.desk;
    const risk = worstRisk(whole);
    setSign(part(root, "risk-sign"), risk, "sign-unknown");
    setText(part(root, "risk-words"), texts.among("risk", String(risk)) ?? "");
    const list = part(root, "risk-reasons");
    const { isPast } = this.desk;
    const reasons = this.reasons
      ? isPast ? [texts.get("area.past-unknown")] : this.reasons.value ?? []
      : [1, 2, 3, 0].filter((level) => whole.risks[level]! > 0).map((level) => texts.get("area.risk-grids", { risk: texts.among("risk", String(level)) ?? "", n: texts.number(whole.risks[level]!) }));
    const shown = reasons.length > 0 ? reasons : [texts.get(this.reasons && this.reasons.value === undefined ? "area.risk-reading" : "area.risk-calm")];
    if (shown.join("\n") !== [...list.children].map((item) => item.textContent).join("\n")) list.replaceChildren(...shown.map((words) => make("li", "", words)));
    setHidden(part(root, "risk-silent"), whole.silent === 0);
    setText(part(root, "risk-silent-words"), texts.get(this.reasons ? "area.silent-grid" : "area.silent-grids", { n: texts.number(whole.silent) }));
  }
}

function sumUp(children: readonly AreaSum[]): AreaSum {
  const whole: AreaSum = { node: children[0]?.node ?? { code: "", name: "", parent: undefined, children: [] }, open: [0, 0, 0, 0], overdue: 0, units: 0, silent: 0, grids: 0, risks: [0, 0, 0, 0, 0], heardAt: 0 };
  for (const child of children) {
    for (let at = 0; at < 4; at++) whole.open[at]! += child.open[at]!;
    for (let at = 0; at < 5; at++) whole.risks[at]! += child.risks[at]!;
    whole.overdue += child.overdue;
    whole.units += child.units;
    whole.silent += child.silent;
    whole.grids += child.grids;
    whole.heardAt = Math.max(whole.heardAt, child.heardAt);
  }
  return whole;
}

/** The share of the running day; undefined where the answer has none. */
export function readShare(value: unknown): number | undefined {
  const shares = (value as { readonly shares?: unknown } | null)?.shares;
  const share: unknown = Array.isArray(shares) ? shares[0] : undefined;
  return typeof share === "number" && share >= 0 && share <= 1 ? share : undefined;
}

export function readReasons(value: unknown): readonly string[] {
  const reasons = (value as { readonly reasons?: unknown } | null)?.reasons;
  if (!Array.isArray(reasons)) throw new Error("The grid has no reasons.");
  return reasons.filter((reason): reason is string => typeof reason === "string");
}
