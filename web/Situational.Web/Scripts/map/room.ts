/** Boxes that are taken on the screen. There are a few hundred at most, so each is held against each. */
export class Room {
  /** Left, top, right, bottom of each. */
  readonly #boxes: number[] = [];

  clear(): void {
    this.#boxes.length = 0;
  }

  /**
   * Takes the box with its middle at (x, y), unless it would cover another.
   * @param apart how far it must be from the others, at least.
   */
  take(x: number, y: number, width: number, height: number, apart = 0): boolean {
    const boxes = this.#boxes;
    const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    for (let at = 0; at < boxes.length; at += 4)
      if (left - apart < boxes[at + 2]! && right + apart > boxes[at]! && top - apart < boxes[at + 3]! && bottom + apart > boxes[at + 1]!) return false;
    boxes.push(left, top, right, bottom);
    return true;
  }
}
