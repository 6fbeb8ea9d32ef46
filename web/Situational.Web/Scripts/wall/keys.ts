import type { PageState } from "../desk/state";
import { part } from "../page/dom";
import type { Shortcuts } from "../page/shortcuts";
import type { Texts } from "../page/texts";
import type { Tour } from "./tour";

/** What the keys of a wall reach. */
export interface WallKeysSeam {
  readonly texts: Texts;
  readonly state: PageState;
  readonly keys: Shortcuts;
  readonly tour: Tour;
  /** Codes of the hottest grids, as many as are listed. */
  hottest(): readonly string[];
  flyTo(code: string): void;
  overview(): void;
  /** Says something to who listens instead of looking. */
  announce(words: string): void;
}

/** As many grids as the wall lists. */
const listed = 6;

/** Everything that a mouse can do at the wall, by key; and the two buttons of its foot, the tour's and the list's of the keys. */
export function wallKeys(root: HTMLElement, seam: WallKeysSeam): void {
  const { keys, tour, state, texts } = seam;
  const touring = part(root, "tour");
  const show = (): void => { touring.setAttribute("aria-pressed", String(tour.isOn)); };
  const toggle = (): void => {
    if (tour.isOn) tour.stop();
    else tour.start(true);
    // A wall that is loaded anew goes on.
    state.set({ tour: tour.isOn ? "1" : "" }, true);
    seam.announce(texts.get(tour.isOn ? "wall.tour.on" : "wall.tour.off"));
    show();
  };
  for (let at = 0; at < listed; at++)
    keys.register(String(at + 1), "wall.key.hottest", () => {
      const code = seam.hottest()[at];
      if (code !== undefined) seam.flyTo(code);
    });
  keys.register("0", "wall.key.overview", () => seam.overview());
  keys.register("m", "wall.key.map", () => root.querySelector<HTMLElement>(".leaflet-container")?.focus());
  keys.register("r", "wall.key.tour", toggle);
  touring.addEventListener("click", toggle);
  part(root, "keys").addEventListener("click", () => keys.show());
  if (state.get("tour") === "1") tour.start();
  show();
}
