/** Small, typed access to the page. Text from the feed reaches the page through `textContent` alone. */

/** The one element in `root` marked `data-part="name"`. */
export function part(root: ParentNode, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!found) throw new Error(`The page has no part '${name}'.`);
  return found;
}

/** Writes only what differs: an untouched node costs no layout, and tells no screen reader anything. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setData(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}

/** What stands on paper in the place of an element's words: paper waits for nothing. */
export function setPaper(element: HTMLElement, words: string): void {
  if (words === "" || words === element.textContent) delete element.dataset["paper"];
  else setData(element, "paper", words);
}

/** By the attribute: a drawing has no such property. */
export function setHidden(element: Element, hidden: boolean): void {
  if (element.hasAttribute("hidden") !== hidden) element.toggleAttribute("hidden", hidden);
}

/** Makes `<tag class="name">text</tag>`. */
export function make(tag: string, name: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  if (text) element.textContent = text;
  return element;
}

const svg = "http://www.w3.org/2000/svg";

/** The sign of a severity or risk: shape and letter beside the colour, from the symbols the page carries. */
export function sign(severity: number): SVGSVGElement {
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("class", "sign");
  element.setAttribute("aria-hidden", "true");
  element.append(document.createElementNS(svg, "use"));
  setSign(element, severity);
  return element;
}

/** @param instead name of the symbol for what has no severity */
export function setSign(element: Element, severity: number, instead = "sign-0"): void {
  const name = severity >= 1 && severity <= 4 ? `sign-${severity}` : instead;
  const use = element.firstElementChild;
  if (use?.getAttribute("href") !== `#${name}`) use?.setAttribute("href", `#${name}`);
  if (element.getAttribute("data-severity") !== String(severity)) element.setAttribute("data-severity", String(severity));
}
