import { Alerts } from "./alerts/alerts";
import { browserStorage } from "./case/drafts";
import { CaseDrawer } from "./case/drawer";
import { Stays } from "./handover/since";
import { CityMap } from "./map/city-map";
import { openDesk } from "./desk/open";
import { part } from "./page/dom";

/** The page's module: brings the duty officer's desk to life. */
const root = document.querySelector<HTMLElement>("#desk");
if (!root) throw new Error("This page is no desk.");

const desk = openDesk(root, import.meta.url);
const map = new CityMap(document.querySelector("leaflet-map")!, { now: () => desk.now() ?? Date.now(), area: "" });
desk.onArea("map", () => { if (desk.territory) map.territory(desk.territory); });
desk.onPicture("map", (picture, change) => map.show(picture, change));
part(root, "keys").addEventListener("click", () => desk.shortcuts.show());
const drawer = new CaseDrawer(part(root, "drawer"), desk);
const showCase = (): void => {
  const id = desk.state.get("case");
  if (id === "") drawer.close();
  else drawer.open(id);
};
desk.state.on((changed) => { if (changed.has("case")) showCase(); });
showCase();
new Alerts(part(root, "alerts"), desk);
const stays = new Stays(desk.me.id, browserStorage);
desk.onTick("stay", () => {
  const now = desk.isPast ? undefined : desk.now();
  if (now !== undefined) stays.here(now);
});
desk.onArea("handover", (area) => {
  const link = root.querySelector<HTMLAnchorElement>('a[href^="duty/handover"]');
  if (link) link.href = `duty/handover?area=${encodeURIComponent(area)}&lang=${desk.texts.language}`;
});
desk.start();
