import { type LeafletCanvasLayerElement, leaflet } from "blazor-leaflet";
import { ask } from "../api/http";
import { button } from "../case/controls";
import { refusalWords } from "../desk/refusals";
import type { Desk } from "../desk/shell";
import type { CityMap } from "../map/city-map";
import { readPalette } from "../map/palette";
import { make, setHidden, setText } from "../page/dom";
import { isBeyond, pointsIn, type TrailPoint, type TrailSpan, tickEvery } from "./trail";
import { type DrawnTrail, TrailsLayer } from "./trails-layer";

/** Trails that are looked at together; more cannot be told apart. */
export const mostTrails = 8;

const hours = [1, 2, 4, 8, 24] as const;
const usualHours = 2;

/** Dark enough on a light ground, and told apart by people who see no red or green. */
const colours = ["#0b5cc2", "#a84400", "#18794e", "#7a2e8e", "#1c2024", "#8a1c4a", "#00616b", "#6b5900"];

interface TrailAnswer {
  readonly points: readonly TrailPoint[];
  readonly truncated?: boolean;
}

/** While a past moment is shown, what is missing of its trails is read when the moment has rested so long, and at most so often, ms. */
const restMs = 1_000;
const paceMs = 10_000;

interface Chosen {
  readonly unit: string;
  readonly callSign: string;
  /** What was read, and for which span; what is shown of it ends at the moment that is shown. */
  read: readonly TrailPoint[];
  asked: TrailSpan | undefined;
  readAt: number;
  points: readonly TrailPoint[];
  state: "loading" | "shown" | "none" | "failed";
  fault: string;
  truncated: boolean;
}

/**
 * Where units went in the last hours. Nothing is read before somebody chose a unit and a span: the server writes down who looked at whose trail,
 * and the page says so first. What was chosen does not stand in the address, so that no link makes somebody look. While the page shows a past moment, trails
 * end at it.
 */
export class Trails {
  private readonly chosen: Chosen[] = [];
  private readonly list = make("ul", "trail-list");
  private readonly span = make("select", "field") as HTMLSelectElement;
  private readonly shift = make("p", "quiet trail-point");
  private readonly layer: TrailsLayer;
  private moment: number | undefined;
  private movedAt = 0;
  private readonly tip = leaflet.tooltip({ direction: "top", offset: [0, -10] });

  constructor(root: HTMLElement, private readonly desk: Desk, private readonly map: CityMap) {
    const { texts } = desk;
    for (const count of hours) this.span.add(new Option(texts.get("trail.hours", { n: count }), String(count), count === usualHours, count === usualHours));
    this.span.addEventListener("change", () => { for (const one of this.chosen) void this.read(one); });
    const label = make("label", "trail-span", texts.get("trail.span"));
    label.append(this.span);
    this.layer = new TrailsLayer(readPalette(), colours, (ms) => texts.time(ms).slice(0, 5));
    const canvas = document.querySelector<LeafletCanvasLayerElement>('leaflet-canvas-layer[data-layer="trails"]');
    if (!canvas) throw new Error("The map has no canvas layer 'trails'.");
    this.layer.onChange = () => canvas.invalidate();
    canvas.painter = this.layer;
    map.map.on("mousemove", (event) => {
      const { containerPoint, latlng } = event;
      const view = canvas.layer?.view;
      const found = view && this.layer.pointAt(view, containerPoint.x, containerPoint.y);
      this.layer.mark(found?.point);
      if (!found) {
        this.tip.close();
        return;
      }
      const words = make("span", "", this.pointWords(found.trail.callSign, found.point));
      this.tip.setContent(words).setLatLng(latlng);
      if (!this.tip.isOpen()) this.tip.openOn(map.map);
    });
    desk.onTick("trails", (now) => this.follow(now));
    root.append(make("h2", "", texts.get("patrol.trails")), make("p", "trail-recorded", texts.get("trail.recorded")), label, this.list, this.shift);
    this.draw();
  }

  /** Looks at a unit's trail, too. */
  add(unit: string, callSign: string): void {
    const { texts, toasts } = this.desk;
    if (this.chosen.some((one) => one.unit === unit)) return;
    if (this.chosen.length >= mostTrails) {
      toasts.show(texts.get("trail.most", { n: mostTrails }), "failed");
      return;
    }
    const one: Chosen = { unit, callSign, read: [], asked: undefined, readAt: 0, points: [], state: "loading", fault: "", truncated: false };
    this.chosen.push(one);
    void this.read(one);
  }

  private async read(one: Chosen, show = true): Promise<void> {
    one.state = "loading";
    one.readAt = performance.now();
    const asked = one.asked = this.wanted();
    this.draw();
    const query = new URLSearchParams({ from: new Date(asked.from).toISOString(), to: new Date(asked.to).toISOString() });
    const answer = await ask<TrailAnswer>(`api/v1/units/${encodeURIComponent(one.unit)}/trail?${query}`);
    if (!this.chosen.includes(one) || asked !== one.asked) return;
    one.read = answer.kind === "ok" ? answer.value.points : [];
    one.points = this.cut(one);
    one.truncated = answer.kind === "ok" && answer.value.truncated === true;
    one.state = answer.kind === "ok" ? this.stateOf(one) : "failed";
    one.fault = answer.kind === "refused" && answer.problem.status === 403 ? this.desk.texts.get("trail.not-yours") : refusalWords(this.desk.texts, answer);
    this.draw();
    if (one.state === "shown" && show) this.reveal(one.points);
  }

  /** The last hours before the moment that is shown. */
  private wanted(): TrailSpan {
    const to = this.desk.now() ?? Date.now();
    return { from: to - Number(this.span.value) * 3_600_000, to };
  }

  /** What is shown of a trail: nobody has walked yet what comes after the moment. */
  private cut(one: Chosen): readonly TrailPoint[] {
    return this.desk.isPast ? pointsIn(one.read, this.wanted()) : one.read;
  }

  private stateOf(one: Chosen): Chosen["state"] {
    return one.points.length === 0 ? "none" : "shown";
  }

  /** Trails go with the moment of the past; back in the present they are read anew. */
  private follow(now: number): void {
    const moment = this.desk.isPast ? this.desk.now() : undefined;
    const moved = moment !== this.moment;
    const left = moved && moment === undefined;
    if (moved) [this.moment, this.movedAt] = [moment, now];
    if (this.chosen.length === 0) return;
    if (moved) {
      let changed = false;
      for (const one of this.chosen) {
        if (one.state === "loading" || one.state === "failed") continue;
        const points = this.cut(one);
        changed ||= points.length !== one.points.length || points[0] !== one.points[0];
        one.points = points;
        one.state = this.stateOf(one);
      }
      if (changed) this.draw();
    }
    for (const one of this.chosen) {
      if (one.state === "loading" || one.state === "failed" || !one.asked) continue;
      const rested = now - this.movedAt >= restMs || now - one.readAt >= paceMs;
      if (left || (moment !== undefined && rested && isBeyond(one.asked, this.wanted()))) void this.read(one, false);
    }
  }

  /** Brings a trail into sight. */
  private reveal(points: readonly TrailPoint[]): void {
    const bounds = leaflet.latLngBounds(points.map((point) => leaflet.latLng(point[1] / 1e6, point[2] / 1e6)));
    if (!this.map.map.getBounds().contains(bounds)) this.map.map.fitBounds(bounds.pad(0.1), { maxZoom: 17, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  }

  private draw(): void {
    const { texts } = this.desk;
    const drawn: DrawnTrail[] = this.chosen.map(({ unit, callSign, points }) => ({ unit, callSign, points }));
    this.layer.show(drawn, tickEvery(Number(this.span.value) * 60 * 60_000));
    this.list.replaceChildren(...this.chosen.map((one, index) => this.item(one, index)));
    setText(this.shift, this.chosen.length === 0 ? texts.get("trail.choose") : "");
    setHidden(this.shift, this.chosen.length > 0);
  }

  private item(one: Chosen, index: number): HTMLElement {
    const { texts } = this.desk;
    const item = make("li", "trail-item");
    item.dataset["state"] = one.state;
    item.dataset["trail"] = String(index % colours.length);
    item.append(make("span", "trail-colour", String(index + 1)), make("strong", "", one.callSign), make("span", "quiet", this.stateWords(one)));
    if (one.state === "shown") item.append(this.slider(one));
    if (one.state === "failed") item.append(button(texts.get("trail.again"), () => void this.read(one), { small: true }));
    const drop = button("×", () => {
      this.chosen.splice(this.chosen.indexOf(one), 1);
      this.draw();
    }, { small: true });
    drop.setAttribute("aria-label", texts.get("trail.drop", { name: one.callSign }));
    item.append(drop);
    return item;
  }

  /** With the keyboard, and for who sees no map: goes from point to point and says when and where. */
  private slider(one: Chosen): HTMLElement {
    const slider = make("input", "trail-slider") as HTMLInputElement;
    slider.type = "range";
    slider.max = String(one.points.length - 1);
    slider.value = slider.max;
    slider.setAttribute("aria-label", this.desk.texts.get("trail.along", { name: one.callSign }));
    const say = (): void => {
      const point = one.points[Number(slider.value)];
      if (point) slider.setAttribute("aria-valuetext", this.pointWords(one.callSign, point));
      slider.title = slider.getAttribute("aria-valuetext") ?? "";
    };
    slider.addEventListener("input", () => {
      say();
      this.layer.mark(one.points[Number(slider.value)]);
    });
    say();
    return slider;
  }

  private stateWords(one: Chosen): string {
    const { texts } = this.desk;
    switch (one.state) {
      case "loading": return texts.get("trail.loading");
      case "none": return texts.get("trail.none");
      case "failed": return one.fault;
      default: return texts.get(one.truncated ? "trail.cut" : "trail.shown", { from: texts.time(one.points[0]![0]).slice(0, 5), to: texts.time(one.points.at(-1)![0]).slice(0, 5) });
    }
  }

  private pointWords(callSign: string, point: TrailPoint): string {
    return this.desk.texts.get(point[5] === 1 ? "trail.point.end" : "trail.point", { name: callSign, time: this.desk.texts.time(point[0]), place: this.desk.places.name(point[4]) });
  }
}
