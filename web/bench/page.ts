import "blazor-leaflet";
import { CityMap } from "../Situational.Web/Scripts/map/city-map";
import type { CityChange } from "../Situational.Web/Scripts/map/types";
import { caseRows, city, gridRows, random, Walkers } from "./city";

const [columns, rows] = [100, 73];
const settings = new URLSearchParams(location.search);
const unitCount = Number(settings.get("units") ?? 10_000);
const seconds = Number(settings.get("seconds") ?? 8);
const next = random(1);
const nothing: CityChange = { whole: false, grids: [], units: [], gone: [], cases: [], closed: [] };

const begun = performance.now();
const map = new CityMap(document.querySelector("leaflet-map")!, { now: () => Date.now(), area: "" });
map.territory({ geoJson: city(columns, rows) });
const read = performance.now();
const walkers = new Walkers(unitCount, columns, rows, next);
const grids = gridRows(columns, rows, next);
const cases = caseRows(Number(settings.get("cases") ?? 2_000), columns, rows, next, Date.now());
const picture = {
  grids: new Map(grids.map(row => [row[0], row])), units: new Map(walkers.rows.map(row => [row[0], row])), cases: new Map(cases.map(row => [row[0], row])),
};
map.show(picture, { ...nothing, whole: true });
const shown = performance.now();

// Ten frames of the feed a second: a fifth of the units, a twentieth of the grids, of which a few change colour, and a new case a second.
let turn = 0;
setInterval(() => {
  turn++;
  const units = walkers.step(turn * (unitCount / 50), unitCount / 50, Date.now());
  const changed = Array.from({ length: 36 }, () => grids[Math.floor(next() * grids.length)]!).map((row, index) => index < 3 ? [row[0], row[1] + 1, 1 + Math.floor(next() * 4), ...row.slice(3)] as unknown as typeof row : row);
  map.show(picture, { ...nothing, grids: changed, units, cases: turn % 10 === 0 ? caseRows(1, columns, rows, next, Date.now()) : [] });
}, 100);

/** Frames a second while something is done, the longest frame and the ms each layer takes to draw. */
async function measure(what: string, during: () => void): Promise<Record<string, unknown>> {
  during();
  const layers = [...document.querySelectorAll("leaflet-canvas-layer")];
  const before = layers.map(layer => layer.layer!.statistics.frames);
  const spent = layers.map(() => 0);
  let [frames, longest, last] = [0, 0, performance.now()];
  const start = last;
  while (performance.now() - start < seconds * 1_000) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    frames++;
    layers.forEach((layer, index) => { spent[index]! += layer.layer!.statistics.drawMilliseconds; });
  }
  const elapsed = (performance.now() - start) / 1_000;
  return {
    what,
    fps: Math.round((frames / elapsed) * 10) / 10,
    longest: Math.round(longest),
    layers: layers.map((layer, index) => `${layer.dataset["layer"]} ${Math.round(((layer.layer!.statistics.frames - before[index]!) / elapsed) * 10) / 10}/s ${Math.round((spent[index]! / frames) * 10) / 10} ms`).join(", "),
    zoom: Math.round(map.map.getZoom() * 10) / 10,
    crowded: map.layers.units.crowded,
    paintings: map.layers.grids.paintings,
  };
}

async function run(): Promise<void> {
  const results: unknown[] = [{ what: "set-up", territoryMs: Math.round(read - begun), pictureMs: Math.round(shown - read), screen: `${innerWidth}x${innerHeight}@${devicePixelRatio}` }];
  results.push(await measure("city zoom, the first seconds", () => {}));
  results.push(await measure("city zoom", () => {}));
  results.push(await measure("flying to a grid", () => map.flyTo("grid-50-36")));
  results.push(await measure("grid zoom", () => {}));
  results.push(await measure("back to the city", () => map.overview()));
  await fetch("/result", { method: "POST", body: JSON.stringify(results) });
}

const code = settings.get("show");
if (code) map.flyTo(code);
else void run();
