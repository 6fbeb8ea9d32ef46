import { make } from "../page/dom";

/** A button that sends no form. @param kind `main` for the one that is meant first, `grave` for what cannot be undone */
export function button(words: string, run: () => void, { kind = "", small = false, name = "" } = {}): HTMLButtonElement {
  const element = make("button", `button ${name}`.trim(), words) as HTMLButtonElement;
  element.type = "button";
  if (kind !== "") element.dataset["kind"] = kind;
  if (small) element.dataset["small"] = "true";
  element.addEventListener("click", run);
  return element;
}

/** A section of the drawer with its heading. */
export function section(name: string, title: string): { readonly root: HTMLElement; readonly title: HTMLElement; readonly body: HTMLElement } {
  const root = make("section", `case-section case-${name}`);
  const heading = make("h3", "case-section-title", title);
  const body = make("div", "case-section-body");
  root.append(heading, body);
  return { root, title: heading, body };
}

/** One of the page's symbols, decoration beside words. */
export function symbol(name: string): SVGSVGElement {
  const svg = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("class", "sign");
  element.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg, "use");
  use.setAttribute("href", `#${name}`);
  element.append(use);
  return element;
}

/** Fills an element anew only when what it shows differs, so that a list under the pointer or a reader's place in it stays. */
export class Redrawn {
  private shown: string | undefined;

  constructor(private readonly root: HTMLElement) {}

  /** @param model everything that the drawing depends on */
  show(model: unknown, draw: () => readonly Node[]): void {
    const json = JSON.stringify(model);
    if (json === this.shown) return;
    this.shown = json;
    this.root.replaceChildren(...draw());
  }
}

let last = 0;

/** An id that no other element of the page has. */
export function newId(name: string): string {
  return `${name}-${++last}`;
}
