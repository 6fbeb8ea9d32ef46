/** What the API says about cases, as far as the drawer reads it. The contract is src/Situational.Contracts/Http. Times are RFC 3339. */

export interface ActorAnswer {
  readonly id?: string;
  readonly role: string;
}

export interface Assignee {
  readonly kind: string;
  readonly id: string;
}

export interface ClockAnswer {
  readonly kind: string;
  readonly limit: string;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly level: string;
  readonly stopped: boolean;
}

export interface MusterAnswer {
  readonly department: string;
  readonly state: string;
  readonly notifiedAt: string;
  readonly acknowledgedAt?: string;
  readonly enRouteAt?: string;
  readonly arrivedAt?: string;
  readonly arrivalVerified?: boolean;
  readonly arrivalMeters?: number;
  readonly endedAt?: string;
  readonly note?: string;
  readonly routedFrom?: string;
  readonly counterProposal?: string;
  readonly clocks: readonly ClockAnswer[];
}

export interface WhistleAnswer {
  readonly number: number;
  readonly kind: string;
  readonly at: string;
  readonly by: ActorAnswer;
  readonly note?: string;
  readonly musters: readonly MusterAnswer[];
}

export interface SpotAnswer {
  readonly unit: string;
  readonly note: string;
  readonly recheck: boolean;
  readonly verified?: boolean;
  readonly foundAt?: string;
  readonly fixedAt?: string;
}

export interface MarkAnswer {
  readonly code: string;
  readonly value: number;
  readonly limit: number;
}

export interface RatingAnswer {
  readonly kind: string;
  readonly score: number;
  readonly at: string;
  readonly by: ActorAnswer;
  readonly note?: string;
}

export interface CaseAnswer {
  readonly id: string;
  readonly revision: number;
  readonly grid: string;
  readonly category: string;
  readonly severity: string;
  readonly stage: string;
  readonly description: string;
  readonly lat: number;
  readonly lon: number;
  readonly source: string;
  readonly photos: readonly string[];
  readonly reportedAt: string;
  readonly updatedAt: string;
  readonly startedAt?: string;
  readonly closedAt?: string;
  readonly note?: string;
  readonly assignee?: Assignee;
  readonly dueAt?: string;
  readonly level: string;
  readonly clocks: readonly ClockAnswer[];
  readonly suspendedUntil?: string;
  readonly escalatedTo?: string;
  readonly reports: number;
  readonly proposals: readonly string[];
  readonly mergedInto?: string;
  readonly spot?: SpotAnswer;
  readonly marks: readonly MarkAnswer[];
  readonly resultPhotos: readonly string[];
  readonly ratings: readonly RatingAnswer[];
  readonly whistles: readonly WhistleAnswer[];
  /** The steps that someone can take with it as it stands. */
  readonly allowed: readonly string[];
}

export interface ClockEnd {
  readonly kind: string;
  readonly limit: string;
  readonly dueAt: string;
  readonly met: boolean;
}

export interface CaseEvent {
  readonly number: number;
  readonly at: string;
  readonly what: string;
  readonly grid: string;
  readonly by?: ActorAnswer;
  readonly stage?: string;
  readonly note?: string;
  readonly reason?: string;
  readonly severity?: string;
  readonly assignee?: Assignee;
  readonly photos?: readonly string[];
  readonly until?: string;
  readonly deadlines?: readonly ClockEnd[];
  readonly clock?: ClockAnswer;
  readonly fellAt?: string;
  readonly late?: boolean;
  readonly reports?: number;
  readonly other?: string;
  readonly toArea?: string;
  readonly otherGrid?: string;
  readonly kind?: string;
  readonly score?: number;
  readonly whistle?: number;
  readonly departments?: readonly string[];
  readonly muster?: string;
}

export interface CaseHistory {
  readonly id: string;
  readonly events: readonly CaseEvent[];
  readonly next?: string;
  readonly truncated?: boolean;
}

/** A row of the table of steps. */
export interface StepRule {
  readonly step: string;
  readonly from: readonly string[];
  /** Absent where the stage stays, or where it is the one of before. */
  readonly to?: string | null;
  readonly roles: readonly string[];
  readonly needs: readonly string[];
  readonly takes: readonly string[];
  readonly condition?: string | null;
}

export interface StepsAnswer {
  readonly stages: readonly unknown[];
  readonly steps: readonly StepRule[];
}

export interface UnitAnswer {
  readonly id: string;
  readonly callSign: string;
  readonly squad: string;
  readonly grid: string;
  readonly lat: number;
  readonly lon: number;
  readonly at: string;
  readonly state: string;
}

export interface NearUnit {
  readonly unit: UnitAnswer;
  readonly meters: number;
  readonly cases: readonly string[];
}

/** Body of a step, without who acts: that follows from the desk. */
export interface StepBody {
  readonly note?: string;
  readonly reason?: string;
  readonly assignee?: Assignee;
  readonly photos?: readonly string[];
  readonly until?: string;
  readonly severity?: string;
  readonly kind?: string;
  readonly score?: number;
  readonly into?: string;
  readonly unit?: string;
  readonly departments?: readonly string[];
  readonly whistle?: number;
  readonly department?: string;
  readonly state?: string;
  readonly counterProposal?: string;
}

/** 1 red … 4 blue, as on the feed; 0 for what is none. */
export function severityOf(name: string): number {
  return ["red", "orange", "yellow", "blue"].indexOf(name) + 1;
}

/** 0 none, 1 approaching, 2 overdue, 3 overdue twice, as on the feed. */
export function levelOf(name: string): number {
  return Math.max(0, ["none", "approaching", "overdue", "overdue-twice"].indexOf(name));
}

const ended: readonly string[] = ["closed", "rejected", "merged"];

export function hasEnded(stage: string): boolean {
  return ended.includes(stage);
}
