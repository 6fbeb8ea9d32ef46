import { signalr } from "../feed";
import { ask } from "../api/http";
import { part } from "../page/dom";
import { Renewal } from "../page/renewal";
import { TerritorySource } from "../page/territory";
import { loadWords, Texts } from "../page/texts";
import { readMe } from "./me";
import { Desk } from "./shell";
import { PageState } from "./state";

/** The desk of the page that this script runs on. @param script address of the page's own module, by which a newer version is told. */
export async function openDesk(root: HTMLElement, script: string): Promise<Desk> {
  await loadWords(document.documentElement.lang);
  const absolute = (name: string): string => new URL(root.dataset[name] ?? "", document.baseURI).href;
  const renewal = new Renewal(script, () => {
    // What is typed outlives a reload, but nobody's page is taken from under their hands.
    if (document.visibilityState === "hidden") location.reload();
  });
  const desk = new Desk(root, {
    texts: new Texts(document.documentElement.lang, root.dataset["timeZone"] || undefined),
    me: readMe(root.dataset["person"]),
    state: new PageState(window),
    open: signalr(absolute("hub")),
    source: new TerritorySource(absolute("territory")),
    earlier: (version) => new TerritorySource(`${absolute("territory")}?version=${version}`),
    cameBack: () => void renewal.check(),
    faults: {
      now: () => performance.now(),
      storage: kept,
      reachable: async () => (await fetch(script, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(10_000) })).ok,
      reload: () => location.reload(),
    },
  });
  void renewal.check();
  part(root, "leave").addEventListener("click", () => void leave(desk));
  /** For whoever looks into a running desk, and for tests. */
  Object.defineProperty(root, "desk", { value: desk });
  return desk;
}

/** Whoever sits down here next is not to act in this person's name. */
async function leave(desk: Desk): Promise<void> {
  const answer = await ask("api/v1/me", { method: "DELETE" });
  // 401: the desk had closed already.
  if (answer.kind === "ok" || (answer.kind === "refused" && answer.problem.status === 401)) location.reload();
  else desk.toasts.show(desk.texts.get("desk.leave.failed"), "failed");
}

/** A browser that is set to keep nothing refuses even the question. */
function kept(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
