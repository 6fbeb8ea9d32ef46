/**
 * A wall on paper is the wall on the screen: the sheet gets the screen's own size, and the printer fits sheets to its paper. On a sheet of A4 the map's
 * canvases would stand beside panels that were laid out anew. A screen that is higher than wide prints the wide layout, on a sheet of its own.
 */
export function printsAsSeen(page: HTMLElement = document.documentElement): void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  addEventListener("beforeprint", () => {
    const { clientWidth: width, clientHeight: height } = page;
    const rem = getComputedStyle(page).fontSize;
    sheet.replaceSync(width <= height ? "@page { size: 1600px 900px; margin: 0; }" : `@page { size: ${width}px ${height}px; margin: 0; }
      @media print { html { font-size: ${rem}; } html, body { height: ${height}px; overflow: hidden; } .wall { width: ${width}px; height: ${height}px; } }`);
  });
  addEventListener("afterprint", () => sheet.replaceSync(""));
}
