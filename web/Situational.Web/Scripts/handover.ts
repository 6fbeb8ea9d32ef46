import { ask, type Problem } from "./api/http";
import { Catalogue } from "./case/catalogue";
import { Drafts } from "./case/drafts";
import { text } from "./case/fields";
import { browserStorage } from "./case/shelf";
import { CaseWords } from "./case/words";
import { readMe } from "./desk/me";
import { cameAt, keptSince } from "./handover/since";
import { Sheet } from "./handover/sheet";
import { linesIn, noteLimit, type ShiftAnswer } from "./handover/shift";
import { part, setHidden, setText } from "./page/dom";
import { Names } from "./page/names";
import { Places } from "./page/places";
import { Shortcuts } from "./page/shortcuts";
import { TerritorySource } from "./page/territory";
import { loadWords, Texts } from "./page/texts";
import { instantOf, localOf } from "./page/zone";

/** The page's module: what changed since I came, on one sheet. */
const root = document.querySelector<HTMLElement>("#handover");
if (!root) throw new Error("This page is no hand-over.");

const timeZone = root.dataset["timeZone"] || undefined;
await loadWords(document.documentElement.lang);
const texts = new Texts(document.documentElement.lang, timeZone);
const me = readMe(root.dataset["person"]);
const names = new Names(root.dataset["names"]);
const places = new Places(texts);
const catalogue = new Catalogue(texts.language);
const words = new CaseWords(texts, names, places, catalogue, () => undefined, me);
const sheet = new Sheet(part(root, "figures"), part(root, "lists"), texts, names, places, words);
const drafts = new Drafts(me.id, browserStorage, () => Date.now());
const address = new URL(location.href);
const area = address.searchParams.get("area") ?? "";
const since = part(root, "since") as HTMLInputElement;
const note = part(root, "note") as HTMLTextAreaElement;
const print = part(root, "print") as HTMLButtonElement;
/** Where nobody knows when they came: a shift. */
const shiftMs = 8 * 3_600_000;
let shown: ShiftAnswer | undefined;
let asked = 0;

function wanted(): number {
  const stated = Date.parse(address.searchParams.get("since") ?? "");
  return Number.isNaN(stated) ? cameAt(me.id, browserStorage, Date.now()) ?? Date.now() - shiftMs : stated;
}

async function read(from: number): Promise<void> {
  const mine = ++asked;
  say(texts.get("handover.loading"), "note");
  const query = new URLSearchParams({ since: new Date(from).toISOString() });
  if (area !== "") query.set("area", area);
  const [answer] = await Promise.all([ask<ShiftAnswer>(`api/v1/shift?${query}`), readNames()]);
  if (mine !== asked) return;
  if (answer.kind !== "ok") {
    const kept = answer.kind === "refused" ? keptSince(answer.problem, from) : undefined;
    if (kept !== undefined) {
      since.value = localOf(kept, timeZone);
      return read(kept);
    }
    say(answer.kind === "unreachable" ? texts.get("handover.unreachable") : refusal(answer.problem), "fault");
    return;
  }
  shown = answer.value;
  const { territory } = places;
  const name = shown.area === "city" && territory?.root ? places.name(territory.root) : places.name(shown.area);
  setText(part(root!, "area"), name);
  setText(part(root!, "span"), `${moment(Date.parse(shown.since))} – ${moment(Date.parse(shown.asOf))}`);
  setHidden(part(root!, "message"), true);
  setHidden(part(root!, "sheet"), false);
  setHidden(part(root!, "demo"), !territory?.simulated);
  print.disabled = false;
  grow();
  sheet.show(shown);
}

function refusal(problem: Problem): string {
  const faults = Object.values(problem.errors).flat().join(" ");
  if (problem.status === 401 || problem.status === 403) return texts.get("handover.refused");
  if (problem.status === 404) return texts.get("handover.nothing");
  if (problem.status === 503) return texts.get("handover.away");
  return texts.get("handover.failed", { why: faults || problem.detail || problem.title || String(problem.status) });
}

/** Names of areas and departments; without them codes stand on the sheet. */
async function readNames(): Promise<void> {
  const [fetched] = await Promise.all([places.territory ? undefined : new TerritorySource(new URL("api/v1/territory", document.baseURI).href).read(0), catalogue.lists()]);
  if (fetched && "territory" in fetched) places.territory = fetched.territory;
}

function say(message: string, kind: "note" | "fault"): void {
  const element = part(root!, "message");
  setText(part(root!, "message-words"), message);
  element.dataset["kind"] = kind;
  setHidden(part(root!, "retry"), kind !== "fault");
  setHidden(element, false);
}

function moment(ms: number): string {
  return `${texts.day(ms)} ${texts.time(ms).slice(0, 5)}`;
}

/** The note is as high as what stands in it; the lists get the rest of the sheet. */
function grow(): void {
  note.style.height = "auto";
  note.style.height = `${note.scrollHeight + 2}px`;
  const [n, lines] = [note.value.length, linesIn(note.value)];
  const over = n > noteLimit.characters || lines > noteLimit.lines;
  const count = part(root!, "note-count");
  setText(count, texts.get(over ? "handover.note.over" : "handover.note.count", { n, most: noteLimit.characters, lines, mostLines: noteLimit.lines }));
  count.toggleAttribute("data-over", over);
}

const key = `handover:${area}`;
note.value = text(drafts.get(key, "note") ?? {}, "note");
note.addEventListener("input", () => {
  drafts.put(key, "note", { note: note.value });
  grow();
  if (shown) sheet.fit(shown);
});
since.max = localOf(Date.now(), timeZone);
since.value = localOf(wanted(), timeZone);
since.addEventListener("change", () => {
  const at = instantOf(since.value, timeZone);
  if (at === undefined) return;
  address.searchParams.set("since", new Date(at).toISOString());
  history.replaceState(null, "", address);
  void read(at);
});
const readAgain = (): void => void read(instantOf(since.value, timeZone) ?? wanted());
part(root, "retry").addEventListener("click", readAgain);
part(root, "refresh").addEventListener("click", readAgain);
print.addEventListener("click", () => window.print());
(part(root, "back") as HTMLAnchorElement).href = area === "" ? "duty" : `duty?area=${encodeURIComponent(area)}`;
const keys = new Shortcuts(texts);
keys.register("n", "handover.key.note", () => note.focus());
keys.register("u", "handover.refresh", readAgain);
keys.register("p", "handover.print", () => window.print(), () => !print.disabled);
part(root, "keys").addEventListener("click", () => keys.show());
void read(wanted());

/** For tests: what the sheet was made from. */
Object.defineProperty(root, "shift", { get: () => shown });
