import { Catalogue } from "./case/catalogue";
import { CaseWords } from "./case/words";
import { Coverage } from "./coverage/coverage";
import { openDesk } from "./desk/open";
import { deskPrintNote } from "./desk/print-note";
import { part } from "./page/dom";
import { pastOf } from "./past/on-desk";
import { NearUnits } from "./patrol/near-units";
import { RosterTable } from "./patrol/roster-table";
import { SosBar } from "./patrol/sos-bar";
import { SquadMap } from "./patrol/squad-map";
import { SquadChoice } from "./patrol/squad-choice";
import { Squad } from "./patrol/squad";
import { Tabs } from "./patrol/tabs";
import { Trails } from "./patrol/trails";
import { UnitCard } from "./patrol/unit-card";

/** The page's module: brings the patrol lead's desk to life. */
const root = document.querySelector<HTMLElement>("#desk");
if (!root) throw new Error("This page is no desk.");

const desk = await openDesk(root, import.meta.url);
const { state, shortcuts } = desk;
part(root, "keys").addEventListener("click", () => shortcuts.show());

const words = new CaseWords(desk.texts, desk.names, desk.places, new Catalogue(desk.texts.language), (unit) => desk.picture?.units.get(unit)?.[8], desk.me);
const squad = new Squad(desk);
const map = new SquadMap(desk, squad);
const tabs = new Tabs(root, state);
new SquadChoice(part(root, "squad"), desk, squad);
const showUnit = (unit: string): void => {
  state.set({ unit });
  map.show(unit);
};
const roster = new RosterTable(part(root, "roster"), desk, squad, words, (unit) => {
  if (state.get("unit") === unit) state.set({ unit: "" });
  else showUnit(unit);
});
new SosBar(part(root, "sos"), desk, squad, (unit) => {
  // Who calls is to be seen where they are now.
  past.leave();
  showUnit(unit);
});
const trails = new Trails(part(root, "trails"), desk, map.city);
new UnitCard(part(root, "unit"), desk, squad, (unit, callSign) => trails.add(unit, callSign));
new NearUnits(part(root, "nearest"), desk, words, showUnit);
new Coverage(part(root, "room-coverage"), { texts: desk.texts, places: desk.places, state, area: () => desk.area, map: map.city, announce: (said) => desk.announce(said) });

shortcuts.register("j", "patrol.key.units", () => roster.step(1));
shortcuts.register("k", "patrol.key.units", () => roster.step(-1));
shortcuts.register("c", "patrol.key.tab", () => tabs.next());
shortcuts.register("l", "patrol.key.trail", () => {
  const row = squad.rows.find(({ id }) => id === state.get("unit"));
  if (row) trails.add(row.id, row.callSign);
});
const past = pastOf(desk);
deskPrintNote(desk);
desk.start();
