import type { GridRow, Picture } from "../feed";
import { make, part, setData, setHidden, setSign, setText, sign } from "../page/dom";
import { Rows } from "../page/rows";
import { outside, type Places } from "../page/places";
import type { Texts } from "../page/texts";

/**
 * Grids by risk, then by score, then by code: the worst first, and always the same way. Grids with nothing open are left
 * out, those of unknown risk are not: they stand where their worst known case puts them, else at the end.
 */
export function hottest(grids: Iterable<GridRow>, limit: number): GridRow[] {
  const found: GridRow[] = [];
  for (const row of grids) if (row[0] !== outside && (row[2] === unknown || openIn(row) > 0)) found.push(row);
  return found.sort((a, b) => rank(a) - rank(b) || b[3] - a[3] || (a[0] < b[0] ? -1 : 1)).slice(0, limit);
}

/** Risk of a grid whose history the server has not read: nothing that is known of it is the whole truth. */
const unknown = 0;

/** Twice the risk; after its likes when it is only the least that the risk can be. */
function rank(row: GridRow): number {
  if (row[2] !== unknown) return 2 * row[2];
  const worst = [row[6], row[7], row[8], row[9]].findIndex((count) => count > 0);
  return worst < 0 ? 2 * 5 : 2 * (worst + 1) + 1;
}

export function openIn(row: GridRow): number {
  return row[6] + row[7] + row[8] + row[9];
}

/** The list that says where it is worst, and takes the map there. */
export class HottestGrids {
  private readonly rows: Rows<GridRow>;
  private readonly none: HTMLElement;

  constructor(root: HTMLElement, texts: Texts, places: Places, flyTo: (code: string) => void, private readonly limit = 6) {
    const list = part(root, "hot");
    this.none = part(root, "hot-none");
    list.addEventListener("click", (event) => {
      const code = (event.target as Element).closest<HTMLElement>("[data-key]")?.dataset["key"];
      if (code) flyTo(code);
    });
    this.rows = new Rows(list, {
      key: (row) => row[0],
      make: () => {
        const item = make("li", "row hot");
        const button = make("button", "hot-button") as HTMLButtonElement;
        button.type = "button";
        button.append(sign(4), make("span", "hot-name"), make("span", "hot-open"), make("span", "hot-more"));
        item.append(button);
        return item;
      },
      fill: (item, row) => {
        const [mark, name, open, more] = item.firstElementChild?.children ?? [];
        if (!mark || !name || !open || !more) return;
        setData(item, "silent", String(row[4] === 1));
        setSign(mark, row[2], "sign-unknown");
        setText(name, places.name(row[0]));
        setText(open, texts.get(row[2] === unknown ? "hot.unknown" : "hot.open", { n: openIn(row) }));
        const words = [places.parentName(row[0])];
        if (row[10] > 0) words.push(texts.get("hot.overdue", { n: row[10] }));
        if (row[4] === 1) words.push(texts.get("hot.silent"));
        else words.push(texts.get("hot.units", { n: row[11] }));
        setText(more, words.filter(Boolean).join(" · "));
      },
    });
  }

  show(picture: Picture): void {
    const rows = hottest(picture.grids.values(), this.limit);
    this.rows.show(rows);
    setHidden(this.none, rows.length > 0);
  }
}
