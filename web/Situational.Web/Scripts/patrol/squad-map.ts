import type { Desk } from "../desk/shell";
import { placeOf } from "../feed/frame";
import { CityMap } from "../map/city-map";
import { part } from "../page/dom";
import { lowBattery, type RosterRow } from "./roster";
import type { Squad } from "./squad";

/** What is said at the chosen unit is written anew this often, ms. */
const paceMs = 1_000;

/**
 * The squad's map: its units are told from all others, the chosen one says how old its place is, and a click chooses: a case, for who is near
 * it, or a unit of the squad. What is chosen stands in the address.
 */
export class SquadMap {
  readonly city: CityMap;
  private next = 0;
  private ringed = "";

  constructor(private readonly desk: Desk, private readonly squad: Squad) {
    const { root, state } = desk;
    this.city = new CityMap(root.querySelector("leaflet-map")!, {
      now: () => desk.now() ?? Date.now(), area: "",
      onCase: (id) => {
        // Who is near stands beside the roster.
        state.set({ case: id, tab: "" });
        part(root, "nearest").scrollIntoView({ block: "nearest" });
      },
      onUnit: (id) => { if (squad.rows.some((row) => row.id === id)) state.set({ unit: id }); },
    });
    desk.onArea("map", () => { if (desk.territory) this.city.territory(desk.territory); });
    desk.onPicture("map", (picture, change) => {
      this.city.show(picture, change);
      this.ring();
    });
    desk.onTick("map", (now) => {
      this.city.live(root.dataset["state"] !== "lost" && root.dataset["state"] !== "refused" && !desk.isPast);
      if (now >= this.next) this.say(now);
    });
    squad.on(() => { this.city.squad(squad.id || undefined); });
    state.on((changed) => {
      if (changed.has("squad")) this.city.squad(squad.id || undefined);
      if (changed.has("case")) this.ring();
      if (changed.has("unit")) this.say(performance.now());
    });
    this.city.squad(squad.id || undefined);
  }

  /** Goes to where a unit is, if anybody knows. */
  show(unit: string): void {
    const row = this.desk.picture?.units.get(unit);
    const place = row && placeOf(row);
    if (!place) return;
    const { map } = this.city;
    map.flyTo([place.lat, place.lon], Math.max(map.getZoom(), 16), { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  }

  /** The ring is around the case that the address names, once it has come and as long as it is there. */
  private ring(): void {
    const row = this.desk.picture?.cases.get(this.desk.state.get("case"));
    const place = row ? `${row[0]} ${row[5]} ${row[6]}` : "";
    if (place === this.ringed) return;
    this.ringed = place;
    this.city.ring(row && { lat: row[5] / 1e6, lon: row[6] / 1e6 });
  }

  private say(now: number): void {
    this.next = now + paceMs;
    const chosen = this.desk.state.get("unit");
    const row = this.squad.rows.find(({ id }) => id === chosen);
    this.city.say(chosen, row?.onDuty ? this.wordsOf(row) : "");
  }

  private wordsOf({ callSign, fixAt, battery }: RosterRow): string {
    const { desk } = this;
    const { texts } = desk;
    const now = desk.now();
    const words = [callSign];
    if (fixAt !== undefined && now !== undefined) {
      const ms = Math.max(0, now - fixAt);
      // Tenths would be old before they are read.
      const age = ms < 10_000 ? texts.get("age.seconds", { n: Math.floor(ms / 1_000) }) : texts.age(ms);
      words.push(texts.get("roster.ago", { age }));
    }
    words.push(battery === undefined ? texts.get("patrol.battery-unknown") : texts.get(battery < lowBattery ? "roster.battery.low" : "roster.battery.is", { n: battery }));
    return words.join(" · ");
  }
}
