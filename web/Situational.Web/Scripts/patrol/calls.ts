import { placeOf, type UnitRow } from "../feed/frame";
import type { RosterRow } from "./roster";

/** A call for help that nobody has answered. */
export interface Call {
  readonly unit: string;
  readonly callSign: string;
  readonly at: number;
  /** Undefined when nobody knows where it is. */
  readonly grid: string | undefined;
}

/** Who calls for help: the squad's own first, then every other unit of the feed. Both are to be of now: a call is not less urgent while somebody looks at the past. */
export function callsOf(squad: Iterable<RosterRow>, units: Iterable<UnitRow>): Call[] {
  const found = new Map<string, Call>();
  for (const { id, callSign, sosAt, grid } of squad) if (sosAt !== undefined) found.set(id, { unit: id, callSign, at: sosAt, grid });
  for (const unit of units) if (unit[12] && !found.has(unit[0])) found.set(unit[0], { unit: unit[0], callSign: unit[8], at: unit[12], grid: placeOf(unit) && unit[6] });
  return [...found.values()];
}
