import type { CaseRow } from "../feed";
import { assigneeOf, endedStages, levelNames, severityNames, stageNames } from "../desk/cases";
import type { PageState } from "../desk/state";

/** Which cases are listed, as the address says it. */
export interface Filter {
  /** Names of stages; empty for all that are open. */
  readonly stages: readonly string[];
  readonly severity: number;
  /** Least deadline level. */
  readonly level: number;
  readonly category: string;
  /** `unit:id`, `squad:id`, `department:code`, `none` for cases given to nobody, or empty. */
  readonly assignee: string;
  readonly text: string;
}

export const filterNames = ["stage", "severity", "level", "category", "assignee", "text"] as const;

export function readFilter(state: Pick<PageState, "get">): Filter {
  const stages = state.get("stage").split(",").filter((stage) => stage !== "" && (stageNames as readonly string[]).includes(stage));
  return {
    stages,
    severity: Math.max(0, (severityNames as readonly string[]).indexOf(state.get("severity"))),
    level: Math.max(0, (levelNames as readonly string[]).indexOf(state.get("level"))),
    category: state.get("category"),
    assignee: state.get("assignee"),
    text: state.get("text").trim(),
  };
}

/** Whether the filter asks for cases that have ended, which are not on the feed. */
export function isEnded({ stages }: Filter): boolean {
  return stages.length > 0 && stages.every((stage) => endedStages.includes(stage));
}

/** Whether a case passes all but the stage. @param found ids that the server found for the text. */
export function passesRest(filter: Filter, row: CaseRow, found: ReadonlySet<string>): boolean {
  return (filter.severity === 0 || row[3] === filter.severity)
    && row[9] >= filter.level
    && (filter.category === "" || row[2] === filter.category)
    && (filter.assignee === "" || (filter.assignee === "none" ? assigneeOf(row) === "" : assigneeOf(row) === filter.assignee))
    && (filter.text === "" || found.has(row[0]) || row[0].includes(filter.text));
}

export function passesStage({ stages }: Filter, row: CaseRow): boolean {
  return stages.length === 0 || stages.includes(stageNames[row[4]] ?? "");
}

/** What the API is asked for the same cases. */
export function queryOf(filter: Filter, area: string): URLSearchParams {
  const query = new URLSearchParams();
  const put = (name: string, value: string): void => { if (value !== "") query.set(name, value); };
  put("area", area);
  put("stage", filter.stages.join(","));
  put("severity", severityNames[filter.severity] ?? "");
  put("level", filter.level > 0 ? levelNames[filter.level] ?? "" : "");
  put("category", filter.category);
  put("assignee", filter.assignee === "none" ? "" : filter.assignee);
  put("text", filter.text);
  return query;
}

/** The next deadline first, cases without one last; then the worse severity, the older case. */
export function byDeadline(one: CaseRow, other: CaseRow): number {
  return (one[8] || Number.MAX_VALUE) - (other[8] || Number.MAX_VALUE) || one[3] - other[3] || one[7] - other[7] || (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0);
}
