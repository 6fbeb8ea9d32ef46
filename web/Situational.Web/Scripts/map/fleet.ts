import { worldX, worldY } from "blazor-leaflet";
import { placeOf } from "../feed/frame";
import type { UnitRow } from "./types";

/** Longest time a marker takes from one fix to the next, ms. A longer one would be smoother, and later than the truth. */
export const longestGlide = 1_500;

/** World units beyond which a marker does not glide: about 2 km at 23° of latitude. */
export const longestStep = 5.4e-5;

/** State of a free slot, and of a unit that is not drawn. */
export const hidden = 3;

const jumpMark = 2;

/** Where units are and how they move, in columns so that 10,000 of them cost a frame little. */
export class Fleet {
  /** Slots in use lie below this; some of them may be free. */
  length = 0;
  fromX = new Float64Array(256);
  fromY = new Float64Array(256);
  toX = new Float64Array(256);
  toY = new Float64Array(256);
  /** When the glide began, ms of the frames' clock. */
  started = new Float64Array(256);
  /** One over the length of the glide in ms; 0 for none. */
  pace = new Float64Array(256);
  /** 0 live, 1 late, 2 stale, 3 not drawn. */
  state = new Uint8Array(256).fill(hidden);
  /** Degrees clockwise from north, or -1. */
  heading = new Int16Array(256);
  callSign: string[] = [];
  /** Id of the squad that a unit is of. */
  squad: string[] = [];
  /** Slots of units that call for help: they are drawn whatever their state. */
  readonly sos = new Set<number>();
  /** Call signs of units that call for help from nobody knows where, by their ids. */
  readonly lost = new Map<string, string>();
  ids: (string | undefined)[] = [];
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  #measured = new Float64Array(256);

  /** Number of units, those not drawn included. */
  get size(): number {
    return this.#slots.size;
  }

  /** Takes a row of the feed at `time` (ms of the frames' clock). Returns whether anything that is drawn changed. */
  put(row: UnitRow, time: number): boolean {
    const [id, , , heading, state, measuredAt, , squad, callSign, marks, , , sosAt] = row;
    const place = placeOf(row);
    if (!place) return this.#lose(id, sosAt > 0 ? callSign || id : undefined);
    const found = this.lost.delete(id);
    const known = this.#slots.get(id);
    const slot = known ?? this.#take(id);
    const x = worldX(place.lon);
    const y = worldY(place.lat);
    const before = this.state[slot]!;
    const moved = known === undefined || x !== this.toX[slot] || y !== this.toY[slot];
    if (moved) {
      const between = measuredAt - this.#measured[slot]!;
      const glides = known !== undefined && before !== hidden && state !== hidden && between > 0 && (marks & jumpMark) === 0;
      if (glides) this.#glide(slot, x, y, Math.min(between, longestGlide), time);
      else this.#place(slot, x, y);
    }
    const calls = sosAt > 0;
    const changed = found || moved || before !== state || this.heading[slot] !== heading || this.callSign[slot] !== callSign || this.squad[slot] !== squad || this.sos.has(slot) !== calls;
    if (calls) this.sos.add(slot);
    else this.sos.delete(slot);
    this.#measured[slot] = measuredAt;
    this.state[slot] = state >= 0 && state < hidden ? state : hidden;
    this.heading[slot] = heading;
    this.callSign[slot] = callSign;
    this.squad[slot] = squad;
    return changed;
  }

  remove(id: string): boolean {
    const lost = this.lost.delete(id);
    const slot = this.#slots.get(id);
    if (slot === undefined) return lost;
    this.#slots.delete(id);
    this.#free.push(slot);
    this.sos.delete(slot);
    this.state[slot] = hidden;
    this.ids[slot] = undefined;
    return true;
  }

  /** How much of a glide is left undone: 0 at its end, 1 at its begin. */
  remaining(slot: number, time: number): number {
    const done = (time - this.started[slot]!) * this.pace[slot]!;
    return this.pace[slot] === 0 || done >= 1 ? 0 : done <= 0 ? 1 : 1 - done;
  }

  x(slot: number, time: number): number {
    return this.toX[slot]! + (this.fromX[slot]! - this.toX[slot]!) * this.remaining(slot, time);
  }

  y(slot: number, time: number): number {
    return this.toY[slot]! + (this.fromY[slot]! - this.toY[slot]!) * this.remaining(slot, time);
  }

  /** Whether that unit calls for help. */
  calls(id: string): boolean {
    if (this.lost.has(id)) return true;
    const slot = this.sos.size > 0 ? this.#slots.get(id) : undefined;
    return slot !== undefined && this.sos.has(slot);
  }

  slotOf(id: string): number | undefined {
    return this.#slots.get(id);
  }

  /** Takes a unit off the map of which nobody knows where it is. */
  #lose(id: string, callSign: string | undefined): boolean {
    const before = this.lost.get(id);
    const changed = this.remove(id);
    if (callSign === undefined) return changed;
    this.lost.set(id, callSign);
    return before !== callSign;
  }

  #glide(slot: number, x: number, y: number, duration: number, time: number): void {
    const nowX = this.x(slot, time);
    const nowY = this.y(slot, time);
    if (Math.abs(x - nowX) > longestStep || Math.abs(y - nowY) > longestStep) return this.#place(slot, x, y);
    this.fromX[slot] = nowX;
    this.fromY[slot] = nowY;
    this.toX[slot] = x;
    this.toY[slot] = y;
    this.started[slot] = time;
    this.pace[slot] = 1 / duration;
  }

  #place(slot: number, x: number, y: number): void {
    this.toX[slot] = this.fromX[slot] = x;
    this.toY[slot] = this.fromY[slot] = y;
    this.pace[slot] = 0;
  }

  #take(id: string): number {
    const slot = this.#free.pop() ?? this.length++;
    if (slot >= this.state.length) this.#grow();
    this.#slots.set(id, slot);
    this.ids[slot] = id;
    this.#measured[slot] = 0;
    return slot;
  }

  #grow(): void {
    const most = this.state.length * 2;
    const wider = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(most);
      grown.set(column);
      return grown;
    };
    this.fromX = wider(this.fromX);
    this.fromY = wider(this.fromY);
    this.toX = wider(this.toX);
    this.toY = wider(this.toY);
    this.started = wider(this.started);
    this.pace = wider(this.pace);
    this.#measured = wider(this.#measured);
    const state = new Uint8Array(most).fill(hidden);
    state.set(this.state);
    this.state = state;
    const heading = new Int16Array(most);
    heading.set(this.heading);
    this.heading = heading;
  }
}
