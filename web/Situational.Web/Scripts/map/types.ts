/** code, revision, risk 1 red … 4 blue, score, silent 0|1, heardAt ms|0, open cases red, orange, yellow, blue, overdue, units */
export type GridRow = readonly [
  code: string, revision: number, risk: number, score: number, silent: number, heardAt: number,
  red: number, orange: number, yellow: number, blue: number, overdue: number, units: number,
];

/** id, lat6, lon6, heading in degrees or -1, state 0 live 1 late 2 stale 3 gone, measuredAt ms, grid, squad, call sign, marks 1 future 2 jump */
export type UnitRow = readonly [
  id: string, lat6: number, lon6: number, heading: number, state: number, measuredAt: number,
  grid: string, squad: string, callSign: string, marks: number,
];

/** id, grid, category, severity 1 red … 4 blue, stage 1 reported 4 handling 7 closed, lat6, lon6, reportedAt ms, dueAt ms|0 */
export type CaseRow = readonly [
  id: string, grid: string, category: string, severity: number, stage: number,
  lat6: number, lon6: number, reportedAt: number, dueAt: number,
];
