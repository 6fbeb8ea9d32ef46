import { describe, expect, it } from "vitest";
import { awayMs, cameAt, keptSince, Stays } from "./since";

function room() {
  const values = new Map<string, string>();
  return { values, storage: () => ({ getItem: (name: string) => values.get(name) ?? null, setItem: (name: string, value: string) => void values.set(name, value) }) };
}

describe("when somebody came", () => {
  it("is when their desk was opened first, over reloads", () => {
    const { storage } = room();
    new Stays("o-1", storage).here(1_000);
    new Stays("o-1", storage).here(1_000 + awayMs - 1);
    expect(cameAt("o-1", storage, 1_000 + awayMs)).toBe(1_000);
  });

  it("is another time after they were away", () => {
    const { storage } = room();
    new Stays("o-1", storage).here(1_000);
    new Stays("o-1", storage).here(1_000 + awayMs);
    expect(cameAt("o-1", storage, 1_000 + awayMs)).toBe(1_000 + awayMs);
  });

  it("is written down once a minute at most", () => {
    const { storage, values } = room();
    const stays = new Stays("o-1", storage);
    stays.here(1_000);
    values.clear();
    stays.here(60_999);
    expect(values.size).toBe(0);
    stays.here(61_000);
    expect(values.size).toBe(1);
  });

  it("is nobody's who was not here, nor another's, nor in the future", () => {
    const { storage, values } = room();
    expect(cameAt("o-1", storage, 0)).toBeUndefined();
    new Stays("o-1", storage).here(1_000);
    expect(cameAt("o-2", storage, 1_000)).toBeUndefined();
    expect(cameAt("o-1", storage, 1_000 + awayMs)).toBeUndefined();
    expect(cameAt("o-1", storage, 999)).toBeUndefined();
    values.set("situational.stay.o-1", "no json");
    expect(cameAt("o-1", storage, 1_000)).toBeUndefined();
  });
});

describe("since when the past is kept", () => {
  it("is what the server's refusal says, to the next whole millisecond", () => {
    expect(keptSince({ said: { keptSince: "2026-01-05T09:00:00.1234567+00:00", detail: "2020-01-01T00:00:00Z" } }, 0)).toBe(Date.UTC(2026, 0, 5, 9, 0, 0, 124));
  });

  it("is nothing where it does not help, or is not said", () => {
    expect(keptSince({ said: { keptSince: "2026-01-05T09:00:00Z" } }, Date.UTC(2026, 0, 6))).toBeUndefined();
    expect(keptSince({ said: { errors: { since: ["The past is kept since 2026-01-05T09:00:00.123Z."] } } }, 0)).toBeUndefined();
    expect(keptSince({ said: { keptSince: "soon" } }, 0)).toBeUndefined();
  });
});
