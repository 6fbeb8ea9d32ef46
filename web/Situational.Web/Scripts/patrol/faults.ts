import type { Outcome } from "../api/http";
import type { Texts } from "../page/texts";

/** Why something was not done, in words that help: the server's reason where it gave one. */
export function faultOf(answer: Outcome<unknown>, texts: Texts): string {
  if (answer.kind === "ok") return "";
  if (answer.kind === "unreachable") return texts.get("patrol.unreachable");
  const { problem } = answer;
  if (problem.status === 401) return texts.get("patrol.signed-out");
  if (problem.status === 503) return texts.get("patrol.away");
  const first = Object.entries(problem.errors)[0];
  const said = first ? `${first[0]}: ${first[1].join(" ")}` : problem.detail || problem.title;
  return texts.get("patrol.refused", { why: said || String(problem.status) });
}
