/** What is left of A4 on its side within its margins, CSS pixels. */
const paper = { width: 1_062, height: 733 };

/**
 * A wall on paper is the wall on the screen, smaller: the map's canvases keep their size, so everything else does, too, and one scale is over all.
 * A screen that is higher than wide is a page to scroll, and prints as one.
 */
export function printsAsSeen(root: HTMLElement, page: HTMLElement = document.documentElement): void {
  addEventListener("beforeprint", () => {
    const [width, height] = [page.clientWidth, page.clientHeight];
    if (width <= height) return;
    page.style.fontSize = getComputedStyle(page).fontSize;
    root.style.width = `${width}px`;
    root.style.height = `${height}px`;
    root.style.setProperty("zoom", String(Math.min(paper.width / width, paper.height / height)));
  });
  addEventListener("afterprint", () => {
    page.style.removeProperty("font-size");
    for (const name of ["width", "height", "zoom"]) root.style.removeProperty(name);
  });
}
