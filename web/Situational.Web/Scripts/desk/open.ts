import { signalr } from "../feed";
import { Renewal } from "../page/renewal";
import { TerritorySource } from "../page/territory";
import { Texts } from "../page/texts";
import { readMe } from "./me";
import { Desk } from "./shell";
import { PageState } from "./state";

/** The desk of the page that this script runs on. @param script address of the page's own module, by which a newer version is told. */
export function openDesk(root: HTMLElement, script: string): Desk {
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
  /** For whoever looks into a running desk, and for tests. */
  Object.defineProperty(root, "desk", { value: desk });
  return desk;
}

/** A browser that is set to keep nothing refuses even the question. */
function kept(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
