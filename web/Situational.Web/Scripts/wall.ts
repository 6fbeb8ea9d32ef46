import { signalr } from "./feed";
import { CityMap } from "./map/city-map";
import { Wall } from "./wall/app";
import { wallKeys } from "./wall/keys";
import { kiosk } from "./wall/kiosk";
import { PageState } from "./desk/state";
import { part } from "./page/dom";
import { printNote } from "./page/print-note";
import { Past } from "./past/past";
import { Renewal } from "./page/renewal";
import { Shortcuts } from "./page/shortcuts";
import { TerritorySource } from "./page/territory";
import { loadWords, Texts } from "./page/texts";
import { printsAsSeen } from "./wall/print";
import { Tour } from "./wall/tour";

/** The page's module: brings the wall to life. */
const root = document.querySelector<HTMLElement>("#wall");
if (!root) throw new Error("This page is no wall.");

const absolute = (name: string): string => new URL(root.dataset[name] ?? "", document.baseURI).href;
/** A browser that is set to keep nothing refuses even the question. */
const kept = (): Storage | undefined => {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
};
const ofArea = (name: string): string => {
  const address = new URL(absolute(name));
  if (root.dataset["area"]) address.searchParams.set("area", root.dataset["area"]);
  return address.href;
};
await loadWords(document.documentElement.lang);
const texts = new Texts(document.documentElement.lang, root.dataset["timeZone"] || undefined);
const map = new CityMap(document.querySelector("leaflet-map")!, { now: () => wall.now() ?? Date.now(), area: root.dataset["area"] ?? "", nowhere: texts.get("sos.no-place") });
const renewal = new Renewal(import.meta.url, () => location.reload());
const wall: Wall = new Wall(root, {
  texts,
  open: signalr(absolute("hub")),
  map,
  source: new TerritorySource(absolute("territory")),
  earlier: (version) => new TerritorySource(`${absolute("territory")}?version=${version}`),
  kpi: ofArea("kpi"),
  trend: ofArea("trend"),
  cameBack: () => void renewal.check(),
  faults: {
    now: () => performance.now(),
    storage: kept,
    reachable: async () => (await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(10_000) })).ok,
    reload: () => location.reload(),
  },
});
void renewal.check();
kiosk(root);
wall.start();
const state = new PageState(window);
const keys = new Shortcuts(texts);
const tour = new Tour(() => wall.hottest(5), (code) => map.flyTo(code), () => map.overview());
wallKeys(root, {
  texts, state, keys, tour,
  hottest: () => wall.hottest(6),
  flyTo: (code) => map.flyTo(code),
  overview: () => map.overview(),
  announce: (words) => wall.announce(words),
});
const past = new Past(part(root, "past"), {
  texts,
  state,
  timeZone: root.dataset["timeZone"] || undefined,
  area: () => root.dataset["area"] ?? "",
  serverNow: () => wall.serverNow(),
  show: (picture, change) => wall.showPast(picture, change),
  live: () => wall.showLive(),
  announce: (words) => wall.announce(words),
  keys,
  opener: part(root, "past-open"),
});
past.start();
printNote(part(root, "print-note"), texts, () => ({ now: wall.serverNow(), shown: wall.picture?.at, isPast: past.isShown }));
printsAsSeen();

/** For whoever looks into a running wall, and for tests: the picture as the screen has it. */
Object.defineProperty(root, "wall", { value: wall });
Object.defineProperty(root, "past", { value: past });
