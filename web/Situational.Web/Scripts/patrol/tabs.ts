import { part, setHidden } from "../page/dom";
import type { PageState } from "../desk/state";

const names = ["squad", "coverage"] as const;

/** The rooms of the page, one in sight: `tab` in the address. Arrow keys go from tab to tab. */
export class Tabs {
  constructor(private readonly root: HTMLElement, private readonly state: PageState) {
    const tabs = this.tabs();
    for (const tab of tabs) {
      tab.addEventListener("click", () => this.choose(tab.dataset["tab"] ?? ""));
      tab.addEventListener("keydown", (event) => {
        const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (step === 0) return;
        const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
        if (next) this.choose(next.dataset["tab"] ?? "");
        next?.focus();
        event.preventDefault();
      });
    }
    state.on((changed) => { if (changed.has("tab")) this.show(); });
    this.show();
  }

  /** Shows the other room. */
  next(): void {
    const at = names.findIndex((name) => name === this.root.dataset["tab"]);
    this.choose(names[(at + 1) % names.length] ?? names[0]);
  }

  private choose(name: string): void {
    this.state.set({ tab: name === names[0] ? "" : name });
  }

  private tabs(): HTMLElement[] {
    return [...part(this.root, "tabs").querySelectorAll<HTMLElement>("[data-tab]")];
  }

  private show(): void {
    const asked = this.state.get("tab");
    const shown = names.find((name) => name === asked) ?? names[0];
    for (const tab of this.tabs()) {
      const isShown = tab.dataset["tab"] === shown;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
    }
    for (const name of names) setHidden(part(this.root, `room-${name}`), name !== shown);
    this.root.dataset["tab"] = shown;
  }
}
