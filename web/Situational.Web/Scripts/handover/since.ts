import type { Problem } from "../api/http";

type Kept = Pick<Storage, "getItem" | "setItem">;

/** Who was away for longer than this comes to another shift. A reload, a lunch or a browser that was shut is the same one. */
export const awayMs = 4 * 3_600_000;
/** How often it is written down that somebody is still here. */
const writeMs = 60_000;

interface Stay {
  readonly came: number;
  readonly last: number;
}

const name = (person: string): string => `situational.stay.${person}`;

/** Notes when a person came to their desk, for the hand-over. One a desk page. */
export class Stays {
  private written = Number.NEGATIVE_INFINITY;

  constructor(private readonly person: string, private readonly storage: () => Kept | undefined) {}

  /** The person is here. @param now server time in ms */
  here(now: number): void {
    if (Math.abs(now - this.written) < writeMs) return;
    this.written = now;
    const before = read(this.person, this.storage);
    const came = before && now - before.last < awayMs && before.came <= now ? before.came : now;
    try {
      this.storage()?.setItem(name(this.person), JSON.stringify({ came, last: now }));
    } catch {
      // Nothing is kept: the hand-over asks.
    }
  }
}

/** When the person came, ms; undefined when they were not at a desk of this browser lately. */
export function cameAt(person: string, storage: () => Kept | undefined, now: number): number | undefined {
  const stay = read(person, storage);
  return stay && now - stay.last < awayMs && stay.came <= now ? stay.came : undefined;
}

function read(person: string, storage: () => Kept | undefined): Stay | undefined {
  try {
    const kept = JSON.parse(storage()?.getItem(name(person)) ?? "null") as Partial<Stay> | null;
    return kept && typeof kept.came === "number" && typeof kept.last === "number" ? { came: kept.came, last: kept.last } : undefined;
  } catch {
    return undefined;
  }
}

/** The earliest moment that the server can tell of, ms, where it refused an earlier one for that; the sheet then begins there, and says so. */
export function keptSince(problem: Pick<Problem, "said">, from: number): number | undefined {
  const { said } = problem;
  // The server knows it more finely than whole milliseconds.
  const kept = typeof said["keptSince"] === "string" ? Date.parse(said["keptSince"]) + 1 : Number.NaN;
  return kept > from ? kept : undefined;
}
