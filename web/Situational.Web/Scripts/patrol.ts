import { CityMap } from "./map/city-map";
import { openDesk } from "./desk/open";
import { part } from "./page/dom";
import { RosterTable } from "./patrol/roster-table";
import { SquadChoice } from "./patrol/squad-choice";
import { Squad } from "./patrol/squad";
import { Tabs } from "./patrol/tabs";

/** The page's module: brings the patrol lead's desk to life. */
const root = document.querySelector<HTMLElement>("#desk");
if (!root) throw new Error("This page is no desk.");

const desk = openDesk(root, import.meta.url);
const map = new CityMap(document.querySelector("leaflet-map")!, { now: () => desk.now() ?? Date.now(), area: "" });
desk.onArea("map", () => { if (desk.territory) map.territory(desk.territory); });
desk.onPicture("map", (picture, change) => map.show(picture, change));
part(root, "keys").addEventListener("click", () => desk.shortcuts.show());

const squad = new Squad(desk);
new Tabs(root, desk.state);
new SquadChoice(part(root, "squad"), desk, squad);
new RosterTable(part(root, "roster"), desk, squad, (unit) => desk.state.set({ unit: desk.state.get("unit") === unit ? "" : unit }));
desk.start();
