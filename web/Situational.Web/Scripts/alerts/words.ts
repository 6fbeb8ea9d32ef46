import type { DeskSeam } from "../case/seam";
import type { Alert } from "./alerts-of";
import type { Entry } from "./entries";

/** What an alert says. */
export function wordsOf(alert: Alert, { texts, names, places }: DeskSeam): string {
  const place = places.name(alert.grid);
  switch (alert.kind) {
    case "sos": return alert.grid === "" ? texts.get("alert.sos-nowhere", { name: alert.callSign }) : texts.get("alert.sos", { name: alert.callSign, place });
    case "silent": return texts.get("alert.silent", { place });
    case "red": return texts.get("alert.red", { what: names.category(alert.category), place });
    case "overdue": return texts.get(alert.level === 3 ? "alert.overdue-twice" : "alert.overdue", { what: names.category(alert.category), place });
  }
}

/** What a line of the list says. */
export function lineOf(entry: Entry, desk: DeskSeam): string {
  if (entry.area === "") return wordsOf(entry.alerts[0], desk);
  return desk.texts.get("alert.silent-area", { place: desk.places.name(entry.area), n: desk.texts.number(entry.total) });
}

/** Since when, or how many of an area nobody saw. */
export function sinceOf(entry: Entry, desk: DeskSeam): string {
  const { texts } = desk;
  if (entry.area !== "") return texts.get("alert.silent-left", { n: texts.number(entry.alerts.length) });
  const [{ at, kind }] = entry.alerts;
  return at === 0 ? texts.get("alert.never") : texts.get(kind === "silent" ? "alert.since" : "alert.at", { time: moment(at, desk) });
}

function moment(ms: number, desk: DeskSeam): string {
  const { texts } = desk;
  const time = texts.time(ms).slice(0, 5);
  return texts.day(ms) === texts.day(desk.serverNow() ?? Date.now()) ? time : `${texts.day(ms)} ${time}`;
}
