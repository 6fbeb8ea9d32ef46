import { make } from "./dom";
import type { TextKey, Texts } from "./texts";

/** A key and what it does. */
export interface Shortcut {
  /** As `KeyboardEvent.key` says it, such as `j`, `/` or `Enter`. */
  readonly key: string;
  readonly text: TextKey;
  readonly run: (event: KeyboardEvent) => void;
  /** Whether it can be used now; otherwise the key is left to the browser. */
  readonly when?: () => boolean;
}

/** The keys of a page. They are silent while somebody types, in dialogs, and with Ctrl, Alt or Meta held; `?` lists them. */
export class Shortcuts {
  private readonly known: Shortcut[] = [];
  private dialog: HTMLDialogElement | undefined;

  constructor(private readonly texts: Texts, page: Document = document) {
    page.addEventListener("keydown", (event) => this.press(event));
    this.register("?", "keys.show", () => this.show());
  }

  /** Returns what takes the key back. */
  register(key: string, text: TextKey, run: (event: KeyboardEvent) => void, when?: () => boolean): () => void {
    const shortcut: Shortcut = { key, text, run, ...(when && { when }) };
    this.known.push(shortcut);
    return () => {
      const at = this.known.indexOf(shortcut);
      if (at >= 0) this.known.splice(at, 1);
    };
  }

  get all(): readonly Shortcut[] {
    return this.known;
  }

  /** Opens the list. */
  show(): void {
    this.dialog?.remove();
    const dialog = this.dialog = make("dialog", "dialog keys") as HTMLDialogElement;
    const list = make("dl", "keys-list");
    const shown = new Map<string, HTMLElement>();
    for (const { key, text } of this.known) {
      const words = this.texts.get(text);
      let term = shown.get(words);
      if (!term) {
        const row = make("div", "keys-row");
        shown.set(words, term = make("dt", ""));
        row.append(term, make("dd", "", words));
        list.append(row);
      }
      const name = key === " " ? this.texts.get("keys.space") : key === "Escape" ? "Esc" : key;
      // Keys that do the same, or the same the other way, share a line; one that two panels know stands in it once.
      if ([...term.children].some((one) => one.textContent === name)) continue;
      term.append(make("kbd", "", name));
    }
    const close = make("button", "button", this.texts.get("desk.close")) as HTMLButtonElement;
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    const title = make("h2", "dialog-title", this.texts.get("keys.title"));
    title.id = "keys-title";
    dialog.setAttribute("aria-labelledby", title.id);
    const actions = make("div", "dialog-actions");
    actions.append(close);
    dialog.append(title, list, actions);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  private press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target as Element | null;
    if (target?.closest("dialog[open]") || document.querySelector("dialog[open]:modal") || isTyping(target)) return;
    // What the focus is on has its own use for these.
    if ((event.key === "Enter" || event.key === " ") && target?.closest("button, a[href], summary, [role=menuitem], [role=tab]")) return;
    const shortcut = this.known.findLast(({ key, when }) => key === event.key && (when?.() ?? true));
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run(event);
  }
}

function isTyping(target: Element | null): boolean {
  const field = target?.closest<HTMLElement>("input, textarea, select, [contenteditable]");
  if (!field) return false;
  return !(field instanceof HTMLInputElement && ["checkbox", "radio", "button", "submit", "range"].includes(field.type));
}
