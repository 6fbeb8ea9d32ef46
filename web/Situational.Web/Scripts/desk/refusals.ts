import type { Outcome } from "../api/http";
import type { Texts } from "../page/texts";
import { stageWords } from "./cases";

/** Why something was not carried out, in words for whoever tried; nothing where it was. */
export function refusalWords(texts: Texts, outcome: Outcome<unknown>): string {
  if (outcome.kind === "ok") return "";
  if (outcome.kind === "unreachable") return texts.get("refusal.unreachable");
  const { problem } = outcome;
  const stage = typeof problem.said["stage"] === "string" ? stageWords(texts, problem.said["stage"]) : "";
  switch (problem.status) {
    case 401: return texts.get("refusal.pass");
    case 403: return texts.get(stage === "" ? "refusal.not-yours" : "refusal.role");
    case 404: return texts.get("refusal.unknown");
    case 409: return stage === "" ? texts.get("refusal.conflict") : texts.get("refusal.stage", { stage });
    case 412: return texts.get("refusal.changed");
    case 429: case 503: case 507: return texts.get("refusal.busy");
    default: {
      const [field, faults] = Object.entries(problem.errors)[0] ?? [];
      return field !== undefined && faults?.[0] ? `${field}: ${faults[0]}` : problem.detail || problem.title || texts.get("refusal.other", { status: problem.status });
    }
  }
}
