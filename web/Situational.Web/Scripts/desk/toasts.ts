import { make } from "../page/dom";

export type ToastKind = "done" | "failed" | "note";

/** How long a toast stays, ms; what failed stays until it is closed. */
const shownMs = 6_000;
/** Toasts at a time; the oldest goes. */
const most = 4;

/** Short messages at the foot of the page, about what somebody just did. They are read out, too. */
export class Toasts {
  constructor(private readonly root: HTMLElement, private readonly close: string) {}

  show(words: string, kind: ToastKind = "note"): void {
    while (this.root.children.length >= most) this.root.firstElementChild?.remove();
    const toast = make("div", "toast");
    toast.dataset["kind"] = kind;
    toast.setAttribute("role", kind === "failed" ? "alert" : "status");
    const button = make("button", "toast-close", "×") as HTMLButtonElement;
    button.type = "button";
    button.setAttribute("aria-label", this.close);
    button.addEventListener("click", () => toast.remove());
    toast.append(make("span", "toast-words", words), button);
    this.root.append(toast);
    if (kind !== "failed") setTimeout(() => toast.remove(), shownMs);
  }
}
