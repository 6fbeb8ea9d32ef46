import type { CaseRow, Picture } from "../feed";
import { make, part, setData, setHidden, setSign, setText, sign } from "../page/dom";
import type { Names } from "../page/names";
import type { Places } from "../page/places";
import { Rows } from "../page/rows";
import type { Texts } from "../page/texts";

/** Cases with a whistle that has not ended: the most urgent kind first, then the one blown longest ago. */
export function whistled(cases: Iterable<CaseRow>, urgency: (kind: string) => number): CaseRow[] {
  const found: CaseRow[] = [];
  for (const row of cases) if (row[11] !== "") found.push(row);
  return found.sort((a, b) => urgency(a[11]) - urgency(b[11]) || a[14] - b[14] || (a[0] < b[0] ? -1 : 1));
}

/** Who was called, and how many are there. */
export class Whistles {
  private readonly rows: Rows<CaseRow>;
  private readonly none: HTMLElement;
  private readonly more: HTMLElement;
  private now = 0;

  constructor(root: HTMLElement, private readonly texts: Texts, places: Places, private readonly names: Names, private readonly limit = 3) {
    this.none = part(root, "whistles-none");
    this.more = part(root, "whistles-all");
    this.rows = new Rows(part(root, "whistles"), {
      key: (row) => row[0],
      make: () => {
        const item = make("li", "row whistle");
        item.append(sign(0), make("span", "whistle-kind"), make("span", "whistle-there"), make("span", "whistle-what"), make("span", "whistle-age"));
        return item;
      },
      fill: (item, row) => {
        const [mark, kind, there, what, age] = item.children;
        if (!mark || !kind || !there || !what || !age) return;
        setData(item, "all", String(row[13] >= row[12]));
        setSign(mark, row[3]);
        setText(kind, names.whistle(row[11]));
        setText(there, texts.get("whistle.there", { n: row[13], of: row[12] }));
        setText(what, [names.category(row[2]), places.name(row[1])].join(" · "));
        setText(age, row[14] > 0 ? texts.age(Math.max(0, Math.floor((this.now - row[14]) / 1_000) * 1_000)).replace(".0", "") : "");
      },
    });
  }

  /** @param now server time in ms */
  show(picture: Picture, now: number): void {
    this.now = now;
    const found = whistled(picture.cases.values(), (kind) => this.names.urgency(kind));
    this.rows.show(found.slice(0, this.limit));
    setHidden(this.none, found.length > 0);
    setText(this.more, found.length > this.limit ? this.texts.get("figure.of", { n: this.texts.number(found.length) }) : "");
  }
}
