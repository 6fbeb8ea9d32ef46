import type { GridRow, Picture, UnitRow } from "../feed";
import { make, part, setData, setHidden, setText } from "../page/dom";
import { outside, type Places } from "../page/places";
import { Rows } from "../page/rows";
import type { Texts } from "../page/texts";

/** Units that are gone or stale, the longest silent first. */
export function quietUnits(units: Iterable<UnitRow>, limit: number): UnitRow[] {
  const found: UnitRow[] = [];
  for (const row of units) if (row[4] >= 2) found.push(row);
  return found.sort((a, b) => b[4] - a[4] || a[5] - b[5] || (a[0] < b[0] ? -1 : 1)).slice(0, limit);
}

/** How many grids have at least one unit in them. */
export function gridsWithUnits(grids: Iterable<GridRow>): number {
  let count = 0;
  for (const row of grids) if (row[11] > 0 && row[0] !== outside) count++;
  return count;
}

/** Who is out, and who has fallen silent since when. */
export class Patrol {
  private readonly rows: Rows<UnitRow>;
  private readonly none: HTMLElement;
  private readonly title: HTMLElement;
  private now = 0;

  constructor(private readonly root: HTMLElement, private readonly texts: Texts, places: Places, private readonly limit = 3) {
    this.none = part(root, "patrol-none");
    this.title = part(root, "patrol-quiet-title");
    this.rows = new Rows(part(root, "patrol-quiet"), {
      key: (row) => row[0],
      make: () => {
        const item = make("li", "row quiet-unit");
        item.append(make("span", "quiet-name"), make("span", "quiet-place"), make("span", "quiet-age"));
        return item;
      },
      fill: (item, row) => {
        const [name, place, age] = item.children;
        if (!name || !place || !age) return;
        setData(item, "unitState", String(row[4]));
        setText(name, row[8] || row[0]);
        setText(place, places.name(row[6]));
        setText(age, `${texts.get(row[4] === 3 ? "unit.3" : "unit.2")} ${texts.age(Math.max(0, Math.floor((this.now - row[5]) / 1_000) * 1_000))}`);
      },
    });
  }

  /** @param now server time in ms */
  show(picture: Picture, now: number): void {
    this.now = now;
    setText(part(this.root, "present"), this.texts.number(gridsWithUnits(picture.grids.values())));
    setText(part(this.root, "present-of"), this.texts.get("figure.of", { n: this.texts.number(picture.totals.grids) }));
    const rows = quietUnits(picture.units.values(), this.limit);
    this.rows.show(rows);
    setHidden(this.title, rows.length === 0);
    // Units that are counted but not told, as in the past: of those nothing can be said.
    const { live, late, stale, gone } = picture.totals;
    setHidden(this.none, rows.length > 0 || (picture.units.size === 0 && live + late + stale + gone > 0));
    setText(this.none, this.texts.get(picture.units.size === 0 ? "patrol.empty" : "patrol.none"));
  }
}
