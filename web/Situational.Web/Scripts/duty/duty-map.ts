import type { Desk } from "../desk/shell";
import { type CaseRow, placeOf } from "../feed";
import { CityMap } from "../map/city-map";
import { part, setHidden, setText } from "../page/dom";
import type { Territory } from "../page/territory";
import type { AreaTree } from "./tree";

/** The map of the desk: it is about the chosen area, and a click leads one level down. */
export class DutyMap {
  private readonly map: CityMap;
  private shown: Territory | undefined;
  private tree: AreaTree | undefined;
  private area = "";
  private ringed: { readonly case: string } | { readonly unit: string } | undefined;

  constructor(private readonly desk: Desk, private readonly go: (area: string) => void, openCase: (id: string) => void) {
    const { root, state } = desk;
    this.map = new CityMap(root.querySelector("leaflet-map")!, {
      now: () => desk.now() ?? Date.now(), area: state.get("area"), onArea: go, onCase: openCase,
      areaAt: (grid) => this.tree?.towards(this.area, grid) ?? grid,
    });
    desk.onPicture("map", (picture, change) => {
      this.map.show(picture, change);
      this.follow();
    });
    desk.onTick("map", () => this.map.live(root.dataset["state"] !== "lost" && root.dataset["state"] !== "refused" && !desk.isPast));
    part(root, "map-up").addEventListener("click", () => {
      const up = this.tree?.node(this.area)?.parent;
      if (up !== undefined) this.go(up);
    });
  }

  get territory(): Territory | undefined {
    return this.shown;
  }

  use(territory: Territory, tree: AreaTree, area: string): void {
    const first = this.shown === undefined;
    if (this.shown !== territory) {
      this.map.territory(territory);
      setHidden(part(this.desk.root, "map-words"), true);
    } else if (area === this.area) {
      return;
    }
    [this.shown, this.tree, this.area] = [territory, tree, area];
    this.map.about(area, area === territory.root ? undefined : new Set(tree.gridsUnder(area)), !first);
    const up = tree.node(area)?.parent;
    setHidden(part(this.desk.root, "map-up"), up === undefined);
    setText(part(this.desk.root, "map-up-words"), up === undefined ? "" : tree.node(up)?.name ?? "");
  }

  ringCase(row: CaseRow | undefined): void {
    this.ringed = row && { case: row[0] };
    this.map.ring(row && { lat: row[5] / 1e6, lon: row[6] / 1e6 });
  }

  /** @param place where it is, if anybody knows. */
  toUnit(id: string, place: { readonly lat: number; readonly lon: number } | undefined): void {
    this.desk.state.set({ unit: id });
    this.ringed = { unit: id };
    this.map.ring(place);
  }

  /** The ring goes with the unit that the address names, and is there once the case that it names has come. */
  private follow(): void {
    const { picture, state } = this.desk;
    const unit = picture?.units.get(state.get("unit"));
    const open = picture?.cases.get(state.get("case"));
    if (unit && (this.ringed === undefined || "unit" in this.ringed)) {
      this.ringed = { unit: unit[0] };
      this.map.ring(placeOf(unit));
    } else if (open && this.ringed === undefined) {
      this.ringCase(open);
    }
  }
}
