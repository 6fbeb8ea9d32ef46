import type { Desk } from "../desk/shell";
import { part } from "../page/dom";
import { Past } from "./past";

/** Mounts the past on a desk: its button in the header, its bar above the work. */
export function pastOf(desk: Desk): Past {
  const { root } = desk;
  const past = new Past(part(root, "past"), {
    texts: desk.texts,
    state: desk.state,
    timeZone: root.dataset["timeZone"] || undefined,
    area: () => desk.area,
    onArea: (listener) => {
      let last = desk.area;
      desk.onArea("past", (area) => {
        // Before there is a territory, nothing stands for the whole city.
        const same = area === last || (last === "" && area === desk.territory?.root);
        last = area;
        if (!same) listener();
      });
    },
    serverNow: () => desk.serverNow(),
    show: (picture, change) => desk.showPast(picture, change),
    live: () => desk.showLive(),
    announce: (words) => desk.announce(words),
    keys: desk.shortcuts,
    opener: part(root, "past-open"),
  });
  past.start();
  return past;
}
