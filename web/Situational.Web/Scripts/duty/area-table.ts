import type { Desk } from "../desk/shell";
import type { Picture, UnitRow } from "../feed";
import { make, part, setData, setHidden, setSign, setText, sign } from "../page/dom";
import { type AreaSum, worstFirst, worstRisk } from "./tree";

/** Rows that are shown; a street has a hundred grids, a city that many streets. */
const rowMost = 200;

/** What is below the chosen area, the worst first; of a grid the units that are in it. One stop of the Tab key; arrows move through the areas. */
export class AreaTable {
  private readonly body: HTMLElement;
  private readonly rows = new Map<string, HTMLElement>();
  private kind: "areas" | "units" | "" = "";

  constructor(private readonly desk: Desk, private readonly go: (area: string) => void) {
    this.body = part(desk.root, "area-rows");
    this.body.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-code]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.go(link.dataset["code"] ?? "");
    });
    this.body.addEventListener("keydown", (event) => this.press(event));
  }

  private get links(): readonly HTMLAnchorElement[] {
    return [...this.body.querySelectorAll<HTMLAnchorElement>("a[data-code]")];
  }

  private press(event: KeyboardEvent): void {
    const { links } = this;
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
    const to = links[Math.min(links.length - 1, Math.max(0, next[event.key] ?? -1))];
    if (next[event.key] === undefined || !to) return;
    event.preventDefault();
    to.focus();
    this.rove();
  }

  /** The Tab key stops at the link that has the focus, else at the first. */
  private rove(): void {
    const { links } = this;
    const stop = links.find((link) => link === document.activeElement) ?? links[0];
    for (const link of links) if (link.tabIndex !== (link === stop ? 0 : -1)) link.tabIndex = link === stop ? 0 : -1;
  }

  clear(): void {
    this.rows.clear();
    this.body.replaceChildren();
    this.kind = "";
  }

  showChildren(children: AreaSum[]): void {
    this.use("areas");
    const { texts, state } = this.desk;
    // The order is held while the pointer or the keyboard is in the table: nobody's row moves away.
    const held = this.body.matches(":hover, :focus-within") && this.rows.size > 0;
    const order = [...this.rows.keys()];
    const sorted = children.sort(held ? (one, other) => order.indexOf(one.node.code) - order.indexOf(other.node.code) : worstFirst).slice(0, rowMost);
    this.place(sorted.map(({ node }) => node.code), () => {
      const row = make("tr", "");
      const name = make("th", "area-name");
      name.setAttribute("scope", "row");
      const link = make("a", "") as HTMLAnchorElement;
      link.append(sign(0), make("span", ""));
      name.append(link);
      row.append(name, ...Array.from({ length: 6 }, () => {
        const cell = make("td", "");
        cell.dataset["number"] = "";
        return cell;
      }));
      return row;
    });
    for (const sum of sorted) {
      const row = this.rows.get(sum.node.code)!;
      const link = row.querySelector("a")!;
      setData(link, "code", sum.node.code);
      const href = state.link({ area: sum.node.code });
      if (link.getAttribute("href") !== href) link.setAttribute("href", href);
      setSign(link.firstElementChild!, worstRisk(sum), "sign-unknown");
      setText(link.lastElementChild!, sum.node.name);
      [...sum.open, sum.overdue, sum.silent].forEach((count, at) => {
        const cell = row.children[at + 1] as HTMLElement;
        setText(cell, texts.number(count));
        setData(cell, "zero", String(count === 0));
      });
    }
    this.rove();
  }

  showUnits(picture: Picture, grid: string): void {
    this.use("units");
    const { texts } = this.desk;
    const units = [...picture.units.values()].filter((row) => row[6] === grid).sort((one, other) => one[4] - other[4] || (one[8] < other[8] ? -1 : 1)).slice(0, rowMost);
    this.place(units.map(([id]) => id), () => {
      const row = make("tr", "");
      const name = make("th", "area-name");
      name.setAttribute("scope", "row");
      const mark = sign(0);
      mark.removeAttribute("data-severity");
      name.append(mark, make("span", ""));
      row.append(name, make("td", ""), make("td", ""), make("td", ""));
      return row;
    });
    for (const unit of units) this.fillUnit(this.rows.get(unit[0])!, unit, this.desk.now() ?? picture.at);
    setHidden(part(this.desk.root, "area-none"), units.length > 0);
    setText(part(this.desk.root, "area-none"), texts.get("area.no-units"));
  }

  private fillUnit(row: HTMLElement, unit: UnitRow, now: number): void {
    const { texts } = this.desk;
    const [name, state, age, squad] = row.children as HTMLCollectionOf<HTMLElement> & Record<number, HTMLElement>;
    name!.firstElementChild!.firstElementChild!.setAttribute("href", `#unit-${unit[4]}`);
    setData(row, "unitState", String(unit[4]));
    setText(name!.lastElementChild!, unit[8] || unit[0]);
    setText(state!, texts.among("unit", String(unit[4])) ?? "");
    setText(age!, texts.age(Math.max(10_000, now - unit[5])));
    setText(squad!, unit[7]);
  }

  private use(kind: "areas" | "units"): void {
    if (this.kind === kind) return;
    this.clear();
    this.kind = kind;
    const { root } = this.desk;
    setHidden(part(root, "area-head"), kind !== "areas");
    setHidden(part(root, "area-units-head"), kind !== "units");
    setHidden(part(root, "area-none"), true);
    setText(part(root, "area-table-title"), this.desk.texts.get(kind === "areas" ? "area.below" : "area.units-here"));
  }

  /** Brings the rows into this order, with new ones where they are missing. */
  private place(keys: readonly string[], create: () => HTMLElement): void {
    const left = new Set(this.rows.keys());
    const ordered = new Map<string, HTMLElement>();
    keys.forEach((key, at) => {
      left.delete(key);
      let row = this.rows.get(key);
      if (!row) row = create();
      ordered.set(key, row);
      if (this.body.children[at] !== row) this.body.insertBefore(row, this.body.children[at] ?? null);
    });
    for (const key of left) this.rows.get(key)?.remove();
    this.rows.clear();
    for (const [key, row] of ordered) this.rows.set(key, row);
  }
}
