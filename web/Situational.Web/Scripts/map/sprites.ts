import type { Stamp } from "./dot-field";
import type { Palette } from "./palette";

/** Shapes of severities by index 1 to 4, in a box of 24: those of the page's signs. */
export const severityShapes: readonly string[] = ["", "M12 0 24 12 12 24 0 12Z", "M12 1 24 22.5H0Z", "M1.5 1.5h21v21h-21Z", "M12 .5a11.5 11.5 0 1 0 .01 0Z"];

/** The letters in them. */
const severityLetters: readonly string[] = ["", "M12 7v10", "M9.8 11.5v8M14.2 11.5v8", "M7.5 7v10M12 7v10M16.5 7v10", "M7 7.5v9M10.5 7.5 13.8 16.5 17 7.5"];

/** Units by state: a full arrow live, a hollow one late, a broken ring stale. */
const unitShapes: readonly string[] = ["M12 1 21 22l-9-5-9 5Z", "M12 3.5 19 20l-7-4-7 4Z", "M12 3a9 9 0 1 0 .01 0Z"];

/** Directions an arrow is drawn in. */
export const directions = 32;

/** Pictures side by side on one canvas, all of one size. */
export interface SpriteSheet {
  readonly image: HTMLCanvasElement;
  /** Width and height of a picture in device pixels. */
  readonly side: number;
  /** The same in CSS pixels, for drawing. */
  readonly size: number;
}

/** Units: row by state 0 to 2, column by direction; the last column is for units that do not say where they head. */
export function unitSheet(palette: Palette, size: number, pixelRatio: number): SpriteSheet {
  return sheet(directions + 1, 3, size, pixelRatio, (context, column, state) => {
    context.translate(12, 12);
    if (column < directions) context.rotate((column * 2 * Math.PI) / directions);
    context.translate(-12, -12);
    const shape = column < directions || state === 2 ? unitShapes[state]! : "M12 4.5a7.5 7.5 0 1 0 .01 0Z";
    const path = new Path2D(shape);
    const colour = colourOf(palette, state);
    context.lineJoin = "round";
    context.strokeStyle = palette.ground;
    context.lineWidth = 5;
    context.stroke(path);
    if (state === 0) {
      context.fillStyle = colour;
      context.fill(path);
    } else {
      context.fillStyle = palette.ground;
      context.fill(path);
      context.strokeStyle = colour;
      context.lineWidth = state === 2 ? 3.6 : 2.6;
      if (state === 2) context.setLineDash([6.4, 3]);
      context.stroke(path);
    }
  });
}

/** Units from afar: one dot a state, 0 to 2. */
export function dotStamps(palette: Palette, size: number, pixelRatio: number): readonly Stamp[] {
  const { image, side } = sheet(1, 3, size, pixelRatio, (context, _column, state) => {
    context.beginPath();
    context.arc(12, 12, 9, 0, 2 * Math.PI);
    context.strokeStyle = palette.ground;
    context.lineWidth = 4;
    context.stroke();
    context.fillStyle = context.strokeStyle = colourOf(palette, state);
    context.lineWidth = 5;
    if (state === 1) context.stroke();
    else context.fill();
  });
  // The dots lie one below the other, so each is a run of the picture's pixels.
  const pixels = new Uint32Array(image.getContext("2d")!.getImageData(0, 0, side, side * 3).data.buffer);
  return [0, 1, 2].map(state => ({ side, pixels: pixels.subarray(state * side * side, (state + 1) * side * side) }));
}

/** Severity signs: column 1 to 4. */
export function severitySheet(palette: Palette, size: number, pixelRatio: number): SpriteSheet {
  return sheet(5, 1, size, pixelRatio, (context, severity) => {
    if (severity === 0) return;
    const path = new Path2D(severityShapes[severity]);
    context.translate(12, 12);
    context.scale(0.86, 0.86);
    context.translate(-12, -12);
    context.lineJoin = "round";
    context.strokeStyle = palette.ground;
    context.lineWidth = 4;
    context.stroke(path);
    context.fillStyle = palette.levels[severity]!;
    context.fill(path);
    context.strokeStyle = palette.letter;
    context.lineWidth = 2.4;
    context.lineCap = "round";
    context.stroke(new Path2D(severityLetters[severity]));
  });
}

/** Rings around cases by deadline level: column 1 thin and broken, 2 thick, 3 double. What differs is the form; each has a dark edge on any ground. */
export function haloSheet(palette: Palette, size: number, pixelRatio: number): SpriteSheet {
  return sheet(4, 1, size, pixelRatio, (context, level) => {
    const ring = (radius: number, width: number, dash: readonly number[] = []): void => {
      const path = new Path2D(`M12 ${12 - radius}a${radius} ${radius} 0 1 0 .01 0Z`);
      context.setLineDash([]);
      context.strokeStyle = palette.ground;
      context.lineWidth = width + 1.3;
      context.stroke(path);
      context.setLineDash([...dash]);
      context.strokeStyle = level === 1 ? palette.text : palette.overdue;
      context.lineWidth = width;
      context.stroke(path);
    };
    if (level === 1) ring(10, 1.1, [3.7, 2.6]);
    if (level === 2) ring(10, 2.4);
    if (level === 3) ring(13.2, 1.3);
    if (level === 3) ring(9.8, 2.2);
  });
}

/** The body of the whistle with its hole, and the mouthpiece: the same path as in Pages/Signs.razor. */
const whistleShape = "M2 6h20v6h-5.2a6.9 6.9 0 1 1-12.9-1.6L2 9.2ZM10 11a2.9 2.9 0 1 0 .01 0Z";

/** Small marks at a case's sign: column 0 escalated, 1 with a whistle. */
export function markSheet(palette: Palette, size: number, pixelRatio: number): SpriteSheet {
  return sheet(2, 1, size, pixelRatio, (context, column) => {
    context.beginPath();
    context.arc(12, 12, 14, 0, 2 * Math.PI);
    context.fillStyle = palette.ground;
    context.fill();
    context.translate(12, 12);
    context.scale(0.78, 0.78);
    context.translate(-12, -12);
    context.lineCap = context.lineJoin = "round";
    if (column === 0) {
      context.strokeStyle = palette.text;
      context.lineWidth = 3.4;
      context.stroke(new Path2D("m4 12 8-8 8 8M4 20.5l8-8 8 8"));
    } else {
      context.fillStyle = palette.text;
      context.fill(new Path2D(whistleShape), "evenodd");
    }
  });
}

/** The star of a unit that calls for help, in a box of 24; the same path as in Pages/Signs.razor. */
export const sosShape = "M12 0 14.6 5.6 20.5 3.5 18.4 9.4 24 12l-5.6 2.6 2.1 5.9-5.9-2.1L12 24l-2.6-5.6-5.9 2.1 2.1-5.9L0 12l5.6-2.6-2.1-5.9 5.9 2.1Z";

/** The sign of a unit that calls for help: a star of its own form, larger than any other sign, in a light edge. */
export function sosSheet(palette: Palette, size: number, pixelRatio: number): SpriteSheet {
  return sheet(1, 1, size, pixelRatio, (context) => {
    const star = new Path2D(sosShape);
    context.lineJoin = "round";
    context.strokeStyle = palette.ground;
    context.lineWidth = 5.4;
    context.stroke(star);
    context.strokeStyle = palette.text;
    context.lineWidth = 2.6;
    context.stroke(star);
    context.fillStyle = palette.levels[1];
    context.fill(star);
    context.strokeStyle = palette.letter;
    context.lineWidth = 2.6;
    context.lineCap = "round";
    context.stroke(new Path2D("M12 6.8v6.6M12 17.1v.1"));
  });
}

interface WordPicture {
  readonly image: HTMLCanvasElement;
  /** In CSS pixels, like the height. */
  readonly width: number;
  readonly height: number;
}

/** Words as pictures, each drawn once. Few words come again and again: counts and call signs. */
export class WordSprites {
  readonly #pictures = new Map<string, WordPicture>();
  #key = "";

  constructor(private readonly paint: { readonly font: string; readonly text: string; readonly ground: string; readonly edge?: string }, private readonly limit = 2_000) {}

  /** The pictures are blank. */
  forget(): void {
    this.#pictures.clear();
  }

  /** Draws the word with its middle at (x, y), in CSS pixels. */
  draw(context: CanvasRenderingContext2D, word: string, x: number, y: number, size: number, pixelRatio: number): void {
    const picture = this.#pictureOf(word, size, pixelRatio);
    context.drawImage(picture.image, Math.round(x - picture.width / 2), Math.round(y - picture.height / 2), picture.width, picture.height);
  }

  /** Width and height that the word takes, CSS pixels. */
  measure(word: string, size: number, pixelRatio: number): { readonly width: number; readonly height: number } {
    return this.#pictureOf(word, size, pixelRatio);
  }

  #pictureOf(word: string, size: number, pixelRatio: number): WordPicture {
    const key = `${size}/${pixelRatio}`;
    if (key !== this.#key || this.#pictures.size >= this.limit) {
      this.#pictures.clear();
      this.#key = key;
    }
    let picture = this.#pictures.get(word);
    if (!picture) this.#pictures.set(word, picture = this.#make(word, size, pixelRatio));
    return picture;
  }

  #make(word: string, size: number, pixelRatio: number): WordPicture {
    const image = document.createElement("canvas");
    const font = `600 ${size}px ${this.paint.font}`;
    let context = image.getContext("2d")!;
    context.font = font;
    const height = Math.ceil(size * 1.5);
    const width = Math.max(height, Math.ceil(context.measureText(word).width + size * 0.9));
    image.width = Math.ceil(width * pixelRatio);
    image.height = Math.ceil(height * pixelRatio);
    context = image.getContext("2d")!;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.font = font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = this.paint.ground;
    context.globalAlpha = 0.85;
    context.beginPath();
    context.roundRect(0.5, 0.5, width - 1, height - 1, height / 2);
    context.fill();
    context.globalAlpha = 1;
    if (this.paint.edge) {
      context.strokeStyle = this.paint.edge;
      context.lineWidth = 1;
      context.stroke();
    }
    context.fillStyle = this.paint.text;
    context.fillText(word, width / 2, height / 2 + size * 0.06);
    return { image, width: image.width / pixelRatio, height: image.height / pixelRatio };
  }
}

function colourOf(palette: Palette, state: number): string {
  return state === 0 ? palette.live : state === 1 ? palette.late : palette.silent;
}

function sheet(columns: number, rows: number, size: number, pixelRatio: number, draw: (context: CanvasRenderingContext2D, column: number, row: number) => void): SpriteSheet {
  const side = Math.max(1, Math.round(size * pixelRatio));
  const image = document.createElement("canvas");
  image.width = side * columns;
  image.height = side * rows;
  const context = image.getContext("2d")!;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      context.save();
      context.beginPath();
      context.rect(column * side, row * side, side, side);
      context.clip();
      context.translate(column * side, row * side);
      // Signs are drawn in a box of 24, with room for their edge around it.
      context.scale(side / 30, side / 30);
      context.translate(3, 3);
      draw(context, column, row);
      context.restore();
    }
  return { image, side, size: side / pixelRatio };
}
