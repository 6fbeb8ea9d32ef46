import type { Assignee } from "../case/wire";

/** Answer of `GET /api/v1/shift`; the contract is src/Situational.Contracts/Http/History.cs. */
export interface ShiftAnswer {
  readonly area: string;
  readonly since: string;
  readonly asOf: string;
  readonly then: ShiftFigures;
  readonly now: ShiftFigures;
  readonly opened: number;
  readonly closed: number;
  readonly endedOtherwise: number;
  readonly becameOverdue: number;
  readonly red: ShiftCases;
  readonly overdue: ShiftCases;
  readonly whistles: ShiftCases;
  readonly toVerify: ShiftCases;
  readonly dueSoon: ShiftCases;
  readonly silent: { readonly total: number; readonly first: readonly string[] };
  readonly sos: readonly { readonly unit: string; readonly callSign: string; readonly at: string; readonly grid?: string }[];
}

export interface ShiftFigures {
  readonly red: number;
  readonly orange: number;
  readonly yellow: number;
  readonly blue: number;
  readonly overdue: number;
  readonly escalated: number;
  readonly whistles: number;
}

export interface ShiftCases {
  readonly total: number;
  readonly first: readonly ShiftCase[];
}

export interface ShiftCase {
  readonly id: string;
  readonly grid: string;
  readonly category: string;
  readonly severity: string;
  readonly stage: string;
  readonly level: string;
  readonly dueAt?: string;
  readonly assignee?: Assignee;
  readonly description: string;
  readonly new: boolean;
}

export const figureNames = ["red", "orange", "yellow", "blue", "overdue", "escalated", "whistles"] as const satisfies readonly (keyof ShiftFigures)[];

/** The lists of the sheet, what must be said first. */
export const listNames = ["red", "overdue", "whistles", "toVerify", "dueSoon"] as const satisfies readonly (keyof ShiftAnswer)[];

/** How much of each list stands on the sheet. */
export interface Plan {
  /** One line a case instead of two. */
  readonly short: boolean;
  /** Rows a list, in its order. */
  readonly rows: readonly number[];
}

/**
 * Ever less of the lists, until it fits: first one line a case instead of two, then a row less of the longest list, of the last one among equals. What is
 * left out is counted on the sheet.
 */
export function* plans(lengths: readonly number[]): Generator<Plan> {
  yield { short: false, rows: lengths };
  const rows = [...lengths];
  for (;;) {
    yield { short: true, rows: [...rows] };
    const most = Math.max(...rows);
    if (most <= 0) return;
    rows[rows.lastIndexOf(most)]!--;
  }
}

/** What a note on one sheet may have. */
export const noteLimit = { characters: 800, lines: 14 } as const;

/** Lines that somebody typed, the last one too if it is empty. */
export function linesIn(note: string): number {
  return note.split("\n").length;
}
