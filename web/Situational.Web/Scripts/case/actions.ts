import type { CaseAnswer, CaseEvent, StepRule } from "./wire";

/** Why a step cannot be taken now, in the order in which the server checks. */
export type Obstacle =
  | { readonly kind: "stage"; readonly from: readonly string[] }
  | { readonly kind: "role"; readonly roles: readonly string[] }
  | { readonly kind: "condition"; readonly condition: string };

/** A step with a case as it stands, for the person at the desk. */
export interface Action {
  readonly step: string;
  /** Why not; undefined when it can be taken. */
  readonly obstacle: Obstacle | undefined;
  readonly needs: readonly string[];
  readonly takes: readonly string[];
  /** The stage that it leads to; undefined where that stays or is the one of before. */
  readonly to: string | undefined;
}

/** Who is at the desk. */
export interface Person {
  readonly id: string;
  /** As docs/cases.md names them. */
  readonly role: string;
}

/** A desk's role as the domain names it: a patrol lead acts as a worker. */
export function domainRole(role: string): string {
  return role === "lead" ? "worker" : role;
}

/**
 * Every step of the table, once. The server decides; this says beforehand what it would say, so that nobody has to try.
 * @param handedInBy who handed in the result that waits for a look, if known
 */
export function actionsOf(one: Pick<CaseAnswer, "stage" | "allowed">, rules: readonly StepRule[], person: Person, handedInBy?: string): readonly Action[] {
  const steps = new Map<string, StepRule[]>();
  for (const rule of rules) {
    const rows = steps.get(rule.step);
    if (rows) rows.push(rule);
    else steps.set(rule.step, [rule]);
  }
  return [...steps].map(([step, rows]) => {
    // A step has a second row where it differs from another stage.
    const here = rows.find((row) => row.from.includes(one.stage));
    const row = here ?? rows[0]!;
    return { step, obstacle: obstacleOf(one, rows, here, person, handedInBy), needs: row.needs, takes: row.takes, to: row.to ?? undefined };
  });
}

function obstacleOf(
  one: Pick<CaseAnswer, "stage" | "allowed">, rows: readonly StepRule[], here: StepRule | undefined, person: Person, handedInBy: string | undefined,
): Obstacle | undefined {
  if (!here) return { kind: "stage", from: [...new Set(rows.flatMap((row) => row.from))] };
  if (!here.roles.includes(domainRole(person.role))) return { kind: "role", roles: here.roles };
  const condition = here.condition ?? "";
  // What the server allows to somebody may still not be this person's to do.
  const own = condition === "not-own-result" && person.role !== "supervisor" && handedInBy !== undefined && handedInBy === person.id;
  return one.allowed.includes(here.step) && !own ? undefined : { kind: "condition", condition };
}

/** Who handed in the newest result, as far as the history is read. */
export function whoHandedIn(events: readonly CaseEvent[]): string | undefined {
  const last = events.findLast((event) => event.what === "hand-in" || (event.what === "opened" && event.stage === "handled"));
  return last?.by?.id;
}
