import type { Picture } from "../feed";

/** A picture without a single row: what panels show while nobody knows what is there. */
export function emptyPicture(at: number, territory: number): Picture {
  return {
    epoch: "", revision: 0, at, digest: "", territory, grids: new Map(), units: new Map(), cases: new Map(), events: [], trouble: [],
    totals: {
      red: 0, orange: 0, yellow: 0, blue: 0, approaching: 0, overdue: 0, overdueTwice: 0, escalated: 0, whistles: 0, live: 0, late: 0, stale: 0, gone: 0, silent: 0, grids: 0,
    },
  };
}
