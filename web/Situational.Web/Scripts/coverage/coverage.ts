import { type LeafletCanvasLayerElement, type leaflet, worldX, worldY } from "blazor-leaflet";
import { ask } from "../api/http";
import type { PageState } from "../desk/state";
import { type CityShapes, gridAt, localUnit } from "../map/shapes";
import { setHidden } from "../page/dom";
import type { Places } from "../page/places";
import type { Texts } from "../page/texts";
import { type Cadence, cadences, type CellsAnswer, type CoverageAnswer, percentOf } from "./answer";
import { CoverageLayer, readCoveragePalette } from "./coverage-layer";
import { Matrix } from "./matrix";
import { PeriodNames } from "./periods";
import { CoverageRoom } from "./room";

/** A map on which coverage is shown: a CityMap, or what does the same. */
export interface CoverageMap {
  readonly map: leaflet.Map;
  readonly layers: { readonly grids: { readonly shapes: CityShapes | undefined } };
  flyTo(code: string): void;
}

export interface CoverageSeam {
  readonly texts: Texts;
  readonly places: Places;
  readonly state: Pick<PageState, "get" | "set" | "on">;
  /** Code of the area; empty while it is not known, for the city then. */
  readonly area: () => string;
  readonly map?: CoverageMap | undefined;
  /** Says something to who listens. */
  readonly announce?: (words: string) => void;
  readonly fetcher?: typeof fetch;
}

/** Columns by cadence. */
const periods: Readonly<Record<Cadence, number>> = { daily: 14, monthly: 12, quarterly: 8 };

const everyMs = 20_000, afterFaultMs = 5_000, tickMs = 500;

/**
 * Which grids were walked, and above all which were not: the matrix, and the map's layer. What is looked at stands in the address: `cadence`,
 * `grid`, `period`, `gaps`. Reads only while it is in sight.
 */
export class Coverage {
  private readonly room: CoverageRoom;
  private readonly matrix: Matrix;
  private readonly names: PeriodNames;
  private readonly layer: CoverageLayer | undefined;
  private answer: CoverageAnswer | undefined;
  private asked = "";
  private due = 0;
  private reading: AbortController | undefined;
  private readingCells: AbortController | undefined;
  private flown = "";
  private revealed = "";
  private drawnShapes: CityShapes | undefined;
  private readonly timer: number;

  constructor(root: HTMLElement, private readonly seam: CoverageSeam) {
    this.names = new PeriodNames(seam.texts);
    this.room = new CoverageRoom(root, seam.texts, {
      cadence: (cadence) => seam.state.set({ cadence: cadence === "daily" ? "" : cadence, period: "" }),
      gapsOnly: (on) => seam.state.set({ gaps: on ? "1" : "" }, true),
      onMap: () => this.tick(),
      again: () => this.read(),
      letGo: () => seam.state.set({ grid: "", period: "" }),
    });
    this.matrix = new Matrix(this.room.matrix, (code, column) => this.choose(code, column));
    this.layer = seam.map && this.putLayer(seam.map);
    setHidden(this.room.mapSwitch, !this.layer);
    seam.state.on((changed) => {
      if (["cadence", "grid", "period", "gaps", "at"].some((name) => changed.has(name))) this.show();
      if (changed.has("grid") || changed.has("period")) this.readCells();
      this.tick();
    });
    this.timer = window.setInterval(() => this.tick(), tickMs);
    this.show();
    this.tick();
  }

  /** Ends it, for a page that takes it down. */
  close(): void {
    window.clearInterval(this.timer);
    this.reading?.abort();
    this.readingCells?.abort();
    if (this.layer) this.layer.visible = false;
  }

  private get cadence(): Cadence {
    const asked = this.seam.state.get("cadence") as Cadence;
    return cadences.includes(asked) ? asked : "daily";
  }

  private get inSight(): boolean {
    return document.visibilityState !== "hidden" && this.room.isInSight;
  }

  private tick(): void {
    const { inSight } = this;
    if (this.layer) this.layer.visible = this.room.isInSight && this.room.isOnMap;
    if (!inSight) return;
    const question = `${this.seam.area()} ${this.cadence}`;
    if (question !== this.asked || performance.now() >= this.due) this.read();
    const shapes = this.seam.map?.layers.grids.shapes;
    if (shapes !== this.drawnShapes) this.showOnMap();
    const grid = this.seam.state.get("grid");
    if (grid !== this.flown && shapes?.indexOfGrid.has(grid)) this.seam.map?.flyTo(this.flown = grid);
    if (grid === "") this.flown = "";
  }

  private read(): void {
    const [area, { cadence }] = [this.seam.area(), this];
    const question = `${area} ${cadence}`;
    // What is shown of another area or cadence is no answer to this question.
    if (question !== this.asked) this.answer = undefined;
    this.asked = question;
    this.due = performance.now() + everyMs;
    this.reading?.abort();
    const { signal } = this.reading = new AbortController();
    if (!this.answer) this.show();
    const query = new URLSearchParams({ cadence, periods: String(periods[cadence]), ...(area === "" ? {} : { area }) });
    void ask<CoverageAnswer>(`api/v1/coverage?${query.toString()}`, { signal }, this.seam.fetcher).then((outcome) => {
      if (outcome.kind === "ok") {
        this.answer = this.steady(outcome.value);
        this.room.fault(undefined);
      } else {
        this.due = performance.now() + afterFaultMs;
        const refused = outcome.kind === "refused" ? outcome.problem.status : 0;
        this.room.fault(refused === 404 ? "none" : refused === 401 || refused === 403 ? "refused" : "failed");
      }
      this.show();
      // The running period goes on.
      if (outcome.kind === "ok") this.readCells();
    }, () => {
      // Aborted, because something else was asked for.
    });
  }

  /** While somebody points at a row or stands on one, rows keep their places. */
  private steady(answer: CoverageAnswer): CoverageAnswer {
    if (!this.answer || !this.matrix.isBusy) return answer;
    const place = new Map(this.answer.grids.map(({ code }, index) => [code, index]));
    const last = place.size;
    return { ...answer, grids: [...answer.grids].sort((a, b) => (place.get(a.code) ?? last) - (place.get(b.code) ?? last)) };
  }

  private show(): void {
    const { answer, cadence, seam: { texts, state, places } } = this;
    const gapsOnly = state.get("gaps") === "1";
    this.room.settings(cadence, gapsOnly, state.get("at") !== "");
    if (!answer) {
      this.room.waiting();
      this.showChosen();
      this.showOnMap();
      return;
    }
    const rows = gapsOnly ? answer.grids.filter(({ shares }) => (shares[0] ?? 0) <= 0) : answer.grids;
    const named = answer.periods.map((first, index) => index === 0 ? this.names.running(cadence) : this.names.name(cadence, first));
    this.room.summary(answer, this.names.running(cadence), rows.length);
    this.matrix.show(rows, {
      label: texts.get("coverage.title"),
      grid: texts.get("coverage.grid"),
      periods: named,
      sums: answer.shares.map(percentOf),
      placeOf: (code) => places.parentName(code),
    });
    const period = this.periodShown(answer);
    this.matrix.mark(state.get("grid"), named[answer.periods.indexOf(period)] ?? "");
    if (state.get("grid") !== this.revealed) this.matrix.reveal(this.revealed = state.get("grid"));
    this.showChosen();
    this.showOnMap();
  }

  /** First day of the period whose cells are shown: the one that was asked for, or the running one. */
  private periodShown(answer: CoverageAnswer): string {
    const asked = this.seam.state.get("period");
    return answer.periods.includes(asked) ? asked : answer.periods[0] ?? "";
  }

  private showChosen(): void {
    const { answer, seam: { state, places } } = this;
    const code = state.get("grid");
    const period = answer ? this.periodShown(answer) : "";
    const share = answer?.grids.find((grid) => grid.code === code)?.shares[answer.periods.indexOf(period)];
    this.room.chosen(code === "" || !answer || share === undefined ? undefined : {
      name: places.name(code), period: this.names.name(answer.cadence, period), share,
    });
  }

  private showOnMap(): void {
    const shapes = this.drawnShapes = this.seam.map?.layers.grids.shapes;
    if (!this.layer) return;
    const at = this.answer ? Math.max(0, this.answer.periods.indexOf(this.periodShown(this.answer))) : 0;
    this.layer.show(shapes, new Map(this.answer?.grids.map(({ code, shares }) => [code, shares[at] ?? 0])));
    this.layer.choose(this.seam.state.get("grid"));
  }

  private choose(code: string, column: number): void {
    const { answer, seam: { state, texts, places, announce } } = this;
    if (!answer) return;
    const period = answer.periods[Math.max(0, column - 1)] ?? "";
    const isRunning = period === answer.periods[0];
    state.set({ grid: code, period: isRunning ? "" : period });
    const share = answer.grids.find((grid) => grid.code === code)?.shares[answer.periods.indexOf(period)] ?? 0;
    announce?.(texts.get("coverage.chosen", { grid: places.name(code), period: this.names.name(answer.cadence, period), share: percentOf(share) }));
  }

  private readCells(): void {
    this.readingCells?.abort();
    const { answer, layer, cadence, seam: { state, fetcher } } = this;
    const grid = state.get("grid");
    if (!layer || !answer || grid === "" || !this.inSight) return;
    const { signal } = this.readingCells = new AbortController();
    const query = new URLSearchParams({ cadence, period: this.periodShown(answer) });
    void ask<CellsAnswer>(`api/v1/coverage/${encodeURIComponent(grid)}?${query.toString()}`, { signal }, fetcher).then((outcome) => {
      layer.cells(outcome.kind === "ok" ? outcome.value : undefined);
    }, () => {
      // Aborted, because another grid was chosen.
    });
  }

  /** Lays the layer over the map's grids, below units and cases. */
  private putLayer(map: CoverageMap): CoverageLayer {
    const layer = new CoverageLayer(readCoveragePalette());
    const element = map.map.getContainer().closest("leaflet-map");
    let canvas = element?.querySelector<LeafletCanvasLayerElement>('leaflet-canvas-layer[data-layer="coverage"]') ?? undefined;
    if (!canvas) {
      canvas = document.createElement("leaflet-canvas-layer");
      canvas.dataset["layer"] = "coverage";
      canvas.setAttribute("z-index", "1");
      element?.append(canvas);
    }
    layer.onChange = () => canvas.invalidate();
    canvas.painter = layer;
    map.map.on("click", ({ latlng }: leaflet.LeafletMouseEvent) => {
      const { shapes } = map.layers.grids;
      if (!layer.visible || !shapes) return;
      const index = gridAt(shapes, (worldX(latlng.lng) - shapes.anchorX) / localUnit, (worldY(latlng.lat) - shapes.anchorY) / localUnit);
      const code = shapes.grids[index]?.code;
      if (code === undefined) return;
      // The map goes there by itself.
      this.flown = code;
      this.seam.state.set({ grid: code });
    });
    return layer;
  }
}
