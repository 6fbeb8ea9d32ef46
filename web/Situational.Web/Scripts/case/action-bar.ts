import { make, setHidden } from "../page/dom";
import type { Action } from "./actions";
import { button, Redrawn } from "./controls";
import type { CaseWords } from "./words";

/** The keys of the steps that are taken all day. */
export const stepKeys: Readonly<Record<string, string>> = { accept: "a", dispatch: "d", verify: "v", close: "c", rework: "r", whistle: "w" };

/** The step that leads on from a stage, offered first. */
const onward: readonly string[] = ["accept", "dispatch", "start", "hand-in", "verify", "close", "resume"];

export interface ActionBarModel {
  readonly actions: readonly Action[];
  readonly stage: string;
  /** Steps of which somebody typed something that was not sent. */
  readonly drafts: readonly string[];
  /** The step whose form is open. */
  readonly open: string | undefined;
  /** A step is under way: another one waits. */
  readonly busy: boolean;
}

/** All steps: buttons for those that can be taken now, and for the others in words why not. */
export class ActionBar {
  readonly root = make("div", "actions");
  private readonly can = make("div", "actions-can");
  private readonly cannot = make("details", "actions-cannot");
  private readonly drawn: Redrawn;
  private readonly drawnWhy: Redrawn;
  private readonly why = make("dl", "actions-why");
  private readonly summary = make("summary", "");

  constructor(private readonly words: CaseWords, private readonly choose: (step: string) => void) {
    this.can.setAttribute("role", "group");
    this.can.setAttribute("aria-label", words.texts.get("case.actions"));
    this.cannot.append(this.summary, this.why);
    this.root.append(this.can, this.cannot);
    this.drawn = new Redrawn(this.can);
    this.drawnWhy = new Redrawn(this.why);
  }

  show(model: ActionBarModel): void {
    const { texts } = this.words;
    const can = model.actions.filter((action) => !action.obstacle);
    const first = can.find((action) => onward.includes(action.step))?.step;
    const focused = this.can.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["step"] : undefined;
    this.drawn.show([can.map((action) => action.step), model.drafts, model.open, model.busy, first], () => can.length === 0
      ? [make("p", "quiet", texts.get("case.actions.none"))]
      : can.map((action) => {
        const element = button(this.words.step(action.step), () => this.choose(action.step), { kind: action.step === first ? "main" : "" });
        element.dataset["step"] = action.step;
        element.setAttribute("aria-expanded", String(model.open === action.step));
        element.disabled = model.busy;
        const key = stepKeys[action.step];
        if (key !== undefined) {
          element.setAttribute("aria-keyshortcuts", key);
          element.append(make("kbd", "", key));
        }
        if (model.drafts.includes(action.step)) element.append(make("small", "actions-draft", texts.get("case.draft")));
        return element;
      }));
    if (focused !== undefined) this.button(focused)?.focus();
    const cannot = model.actions.filter((action) => action.obstacle !== undefined);
    setHidden(this.cannot, cannot.length === 0);
    this.summary.textContent = texts.get("case.actions.others", { n: cannot.length });
    this.drawnWhy.show([cannot, model.stage], () => cannot.flatMap((action) => [
      make("dt", "", this.words.step(action.step)), make("dd", "", this.words.obstacle(action.obstacle!, model.stage)),
    ]));
  }

  button(step: string): HTMLButtonElement | undefined {
    return this.can.querySelector<HTMLButtonElement>(`[data-step="${step}"]`) ?? undefined;
  }
}
