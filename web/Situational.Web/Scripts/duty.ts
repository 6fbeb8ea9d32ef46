import { Alerts } from "./alerts/alerts";
import { browserStorage } from "./case/shelf";
import { CaseDrawer } from "./case/drawer";
import { Stays } from "./handover/since";
import { openDesk } from "./desk/open";
import { deskPrintNote } from "./desk/print-note";
import { AreaPanel } from "./duty/area";
import { CasesPanel } from "./duty/cases";
import { Crumbs } from "./duty/crumbs";
import { readDepartments } from "./duty/dispatch";
import { DutyMap } from "./duty/duty-map";
import { Search } from "./duty/search";
import { Trend } from "./duty/trend";
import { AreaTree } from "./duty/tree";
import { part } from "./page/dom";
import { pastOf } from "./past/on-desk";

/** The page's module: brings the duty officer's desk to life. */
const root = document.querySelector<HTMLElement>("#desk");
if (!root) throw new Error("This page is no desk.");

const desk = await openDesk(root, import.meta.url);
const { state, texts } = desk;
const goTo = (area: string): void => state.set({ area: area === desk.territory?.root ? "" : area, unit: "" });
const openCase = (id: string): void => state.set({ case: id });

const map = new DutyMap(desk, goTo, openCase);
const panel = new AreaPanel(desk, goTo, openCase);
const trend = new Trend(desk);
const crumbs = new Crumbs(desk, goTo);
const cases = new CasesPanel(desk, openCase);
let tree: AreaTree | undefined;
const search = new Search(desk, () => tree, { area: goTo, case: openCase, unit: (id, place) => map.toUnit(id, place) });

desk.onArea("area", (area) => {
  const { territory } = desk;
  if (!territory) return;
  if (tree === undefined || map.territory !== territory) tree = new AreaTree(territory);
  map.use(territory, tree, area);
  panel.use(tree, area);
  trend.use(area);
  crumbs.show(tree, area);
  search.refresh();
  // What stands in front, such as the number of alerts, stays.
  const front = /^\(\d+\+?\) /.exec(document.title)?.[0] ?? "";
  document.title = `${front}${tree.node(area)?.name ?? ""} · ${texts.get("duty.title")}`;
});
state.on(() => { if (tree) crumbs.show(tree, desk.area); });
part(root, "keys").addEventListener("click", () => desk.shortcuts.show());

const drawer = new CaseDrawer(part(root, "drawer"), desk);
cases.takeStepKeys();
cases.useAttempts(drawer.attempts);
const showCase = (): void => {
  const id = state.get("case");
  root.toggleAttribute("data-case", id !== "");
  if (id === "") drawer.close();
  else drawer.open(id);
  map.ringCase(cases.row(id));
};
state.on((changed) => { if (changed.has("case")) showCase(); });
showCase();
new Alerts(part(root, "alerts"), desk);
deskPrintNote(desk);
const stays = new Stays(desk.me.id, browserStorage);
desk.onTick("stay", () => {
  const now = desk.isPast ? undefined : desk.now();
  if (now !== undefined) stays.here(now);
});
desk.onArea("handover", (area) => {
  const link = root.querySelector<HTMLAnchorElement>('a[href^="duty/handover"]');
  if (link) link.href = `duty/handover?area=${encodeURIComponent(area)}&lang=${desk.texts.language}`;
});
void readDepartments(texts.language).then((departments) => cases.assignees.take(departments));
pastOf(desk);
desk.start();
