import type { Desk } from "../desk/shell";
import { make, part } from "../page/dom";
import type { AreaNode, AreaTree } from "./tree";

/** The way from the city to the chosen area; each step can be left for one beside it. */
export class Crumbs {
  private readonly root: HTMLElement;
  private open: { readonly button: HTMLButtonElement; readonly menu: HTMLElement } | undefined;

  constructor(private readonly desk: Desk, private readonly go: (area: string) => void) {
    this.root = part(desk.root, "crumbs");
    this.root.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("pointerdown", (event) => { if (!(event.target as Element).closest?.(".crumb")) this.close(); });
  }

  show(tree: AreaTree, area: string): void {
    this.close();
    const path = tree.path(area);
    const list = make("ol", "crumbs-list");
    list.append(...path.map((node, at) => this.crumb(node, at === path.length - 1, this.besides(tree, node))));
    const children = tree.node(area)?.children ?? [];
    if (children.length > 0) {
      const item = make("li", "crumb crumb-below");
      item.append(this.button(this.desk.texts.get("duty.crumb-below"), children.map((code) => tree.node(code)!), "▸"));
      list.append(item);
    }
    this.root.replaceChildren(list);
  }

  private besides(tree: AreaTree, node: AreaNode): readonly AreaNode[] {
    return node.parent === undefined ? [] : (tree.node(node.parent)?.children ?? []).map((code) => tree.node(code)!);
  }

  private crumb(node: AreaNode, last: boolean, besides: readonly AreaNode[]): HTMLElement {
    const item = make("li", "crumb");
    const link = make("a", "crumb-name", node.name) as HTMLAnchorElement;
    this.lead(link, node.code);
    if (last) link.setAttribute("aria-current", "page");
    item.append(link);
    if (besides.length > 1) item.append(this.button(this.desk.texts.get("duty.crumb-beside", { area: node.name }), besides, "▾", node.code));
    return item;
  }

  private button(words: string, nodes: readonly AreaNode[], sign: string, current = ""): HTMLElement {
    const button = make("button", "crumb-more", sign) as HTMLButtonElement;
    button.type = "button";
    button.title = words;
    button.setAttribute("aria-label", words);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      if (this.open?.button === button) return this.close(true);
      this.close();
      const menu = make("ul", "menu crumb-menu");
      menu.append(...nodes.map((node) => {
        const item = make("li", "");
        const link = make("a", "", node.name) as HTMLAnchorElement;
        link.append(make("small", "quiet", node.code));
        if (node.code === current) link.setAttribute("aria-current", "true");
        this.lead(link, node.code);
        item.append(link);
        return item;
      }));
      button.after(menu);
      button.setAttribute("aria-expanded", "true");
      this.open = { button, menu };
      (menu.querySelector<HTMLElement>("[aria-current]") ?? menu.querySelector<HTMLElement>("a"))?.focus();
    });
    return button;
  }

  /** A real link, which is followed without loading the page. */
  private lead(link: HTMLAnchorElement, code: string): void {
    link.href = this.desk.state.link({ area: code });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      this.close();
      this.go(code);
    });
  }

  private press(event: KeyboardEvent): void {
    if (!this.open) return;
    const { menu } = this.open;
    const links = [...menu.querySelectorAll<HTMLElement>("a")];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const next: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
    if (event.key === "Escape") this.close(true);
    else if (next[event.key] !== undefined) links[Math.min(links.length - 1, Math.max(0, next[event.key]!))]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private close(focus = false): void {
    if (!this.open) return;
    const { button, menu } = this.open;
    this.open = undefined;
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  }
}
