import type { Picture, SeenEvent } from "../feed";
import { make, part, setData, setHidden, setSign, setText, sign } from "../page/dom";
import type { Names } from "../page/names";
import type { Places } from "../page/places";
import { Rows } from "../page/rows";
import type { Texts } from "../page/texts";

/** Signs of events that are about no case. */
const signs: Readonly<Record<string, string>> = { silent: "sign-silent", heard: "sign-heard", gone: "unit-3", back: "unit-0", sos: "sign-sos", "sos-answered": "sign-sos" };

/** Events that are about a unit. */
const ofUnits: ReadonlySet<string> = new Set(["gone", "back", "sos", "sos-answered"]);

/** The last events, newest first. */
export class Ticker {
  private readonly rows: Rows<SeenEvent>;
  private readonly none: HTMLElement;
  private picture: Picture | undefined;

  constructor(root: HTMLElement, texts: Texts, places: Places, names: Names, private readonly limit = 12) {
    this.none = part(root, "ticker-none");
    this.rows = new Rows(part(root, "ticker"), {
      key: ({ row }) => `${row[0]} ${row[1]} ${row[2]}`,
      make: () => {
        const item = make("li", "row event");
        item.append(make("time", "event-time"), sign(0), make("span", "event-kind"), make("span", "event-what"), make("span", "event-where"));
        return item;
      },
      fill: (item, { row: [at, kind, subject, grid, n], category }) => {
        const [time, mark, words, what, where] = item.children;
        if (!time || !mark || !words || !what || !where) return;
        setData(item, "kind", kind);
        setText(time, texts.time(at));
        setSign(mark, n, signs[kind]);
        setText(words, texts.among("event", kind) ?? texts.get("event.other"));
        const unit = ofUnits.has(kind) ? this.picture?.units.get(subject) : undefined;
        const subjectWords = unit ? unit[8] || subject : ofUnits.has(kind) ? subject : category === undefined ? "" : names.category(category);
        setText(what, subjectWords);
        setText(where, places.name(grid));
      },
    });
  }

  show(picture: Picture): void {
    this.picture = picture;
    this.rows.show(distinct(picture.events).slice(0, this.limit));
    setHidden(this.none, picture.events.length > 0);
  }
}

/** The same event may come twice, in a snapshot and in a delta after it; it is one row. */
function distinct(events: readonly SeenEvent[]): readonly SeenEvent[] {
  const seen = new Set<string>();
  return events.filter(({ row }) => {
    const key = `${row[0]} ${row[1]} ${row[2]}`;
    return !seen.has(key) && seen.add(key);
  });
}
