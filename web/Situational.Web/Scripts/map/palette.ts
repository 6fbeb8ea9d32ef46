/** Colours and measures of the map, as the style sheet has them. */
export interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly letter: string;
  readonly silent: string;
  readonly live: string;
  readonly liveText: string;
  /** By severity and risk: index 1 red to 4 blue; index 0 is of neither. */
  readonly levels: readonly [none: string, red: string, orange: string, yellow: string, blue: string];
  /** Time that has run out. */
  readonly overdue: string;
  readonly font: string;
  /** Units whose last fix is late. */
  readonly late: string;
  /** Units that are not what the page is about. */
  readonly other: string;
  /** CSS pixels that 1 px of the 1920×1080 design measures on this screen. */
  readonly size: number;
}

/** Zoom of the map as the design's screen would have it: what is close there is close on every screen. */
export function designZoom(zoom: number, palette: Palette): number {
  return zoom - Math.log2(palette.size);
}

/** From this {@link designZoom} every sign and call sign is written; from afar there is room for what matters only. */
export const closeZoom = 15.4;

/** Reads the custom properties once; what the style sheet leaves out has the colour of the design. */
export function readPalette(root: Element = document.documentElement): Palette {
  const style = getComputedStyle(root);
  const colour = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const rem = Number.parseFloat(style.fontSize);
  return {
    ground: colour("--ground", "#0b1220"),
    text: colour("--text", "#e6edf6"),
    muted: colour("--muted", "#a3b3c9"),
    letter: colour("--letter", "#0b1220"),
    silent: colour("--silent", "#8b8d98"),
    live: colour("--live", "#30a46c"),
    liveText: colour("--live-text", "#4cc38a"),
    late: colour("--yellow", "#ffc53d"),
    other: colour("--other", "#8794a8"),
    levels: [
      colour("--panel-edge", "#22304a"), colour("--red", "#e5484d"), colour("--orange", "#f76b15"), colour("--yellow", "#ffc53d"), colour("--blue", "#3e8ef7"),
    ],
    overdue: colour("--red-text", "#ff8b8e"),
    font: getComputedStyle(document.body).fontFamily || "sans-serif",
    size: Number.isFinite(rem) && rem > 0 ? rem / 16 : 1,
  };
}
