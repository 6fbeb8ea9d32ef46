/** Rows of a long list that are in the document: `first` included, `last` excluded. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
}

/**
 * Which of the rows are to be there.
 * @param top how far the list is scrolled, pixels. @param height of what is seen, pixels. @param row height of a row, pixels.
 * @param count rows there are. @param spare rows kept beyond each edge, so that scrolling a little shows no blank.
 */
export function windowOf(top: number, height: number, row: number, count: number, spare: number): RowWindow {
  if (count === 0 || height <= 0) return { first: 0, last: 0 };
  const highest = Math.min(Math.max(0, Math.floor(top / row)), count - 1);
  const seen = Math.ceil((Math.max(0, top) - highest * row + height) / row);
  return { first: Math.max(0, highest - spare), last: Math.min(count, highest + seen + spare) };
}

/** Where to scroll so that a row is seen whole, with as little movement as can be; `top` if it is already. */
export function scrollFor(index: number, top: number, height: number, row: number): number {
  const [from, to] = [index * row, (index + 1) * row];
  if (from < top) return from;
  return to > top + height ? to - height : top;
}
