import { describe, expect, it } from "vitest";
import type { Alert } from "./alerts-of";
import { burstMs, type Player, Sound } from "./sound";

const alert = (kind: Alert["kind"]): Alert => ({ id: kind, kind, weight: 1, severity: 1, level: 0, at: 1, subject: "s", grid: "g", category: "", callSign: "" });

function room(kept?: string) {
  const box = { now: 1_000_000, ready: false, played: 0, woken: 0, store: kept ?? null as string | null };
  const player: Player = {
    get ready() { return box.ready; },
    wake: () => { box.woken++; box.ready = true; },
    play: () => { box.played++; },
  };
  const make = (): Sound => new Sound({ player, now: () => box.now, storage: () => ({ getItem: () => box.store, setItem: (_name, value) => { box.store = value; } }) });
  return { box, make, sound: make() };
}

describe("Sound", () => {
  it("is silent until somebody wants it", () => {
    const { sound, box } = room();
    expect(sound.sound([alert("sos")])).toBe(false);
    sound.enable(true);
    expect(box.played).toBe(1);
    expect(sound.sound([alert("red")])).toBe(true);
  });

  it("sounds once for a burst", () => {
    const { sound, box } = room();
    sound.enable(true);
    expect(sound.sound([alert("red"), alert("overdue"), alert("silent")])).toBe(true);
    box.now += burstMs - 1;
    expect(sound.sound([alert("sos")])).toBe(false);
    box.now += 1;
    expect(sound.sound([alert("red")])).toBe(true);
  });

  it("sounds for nothing when nothing is new", () => {
    const { sound } = room();
    sound.enable(true);
    expect(sound.sound([])).toBe(false);
  });

  it("is muted for a while, says until when, and ends that by itself", () => {
    const { sound, box } = room();
    sound.enable(true);
    sound.mute(15);
    expect(sound.mutedUntil).toBe(box.now + 900_000);
    expect(sound.sound([alert("red")])).toBe(false);
    box.now += 900_000;
    expect(sound.mutedUntil).toBeUndefined();
    expect(sound.sound([alert("red")])).toBe(true);
  });

  it("keeps what was wanted over a reload, and waits for a click there", () => {
    const { sound, box, make } = room();
    sound.enable(true);
    sound.mute(60);
    box.ready = false;
    const later = make();
    expect(later.enabled).toBe(true);
    expect(later.mutedUntil).toBe(box.now + 3_600_000);
    expect(later.waiting).toBe(true);
    later.touched();
    expect(later.waiting).toBe(false);
  });

  it("reads nothing into what it cannot read", () => {
    expect(room("{no json").sound.enabled).toBe(false);
    expect(room("null").sound.enabled).toBe(false);
  });
});
