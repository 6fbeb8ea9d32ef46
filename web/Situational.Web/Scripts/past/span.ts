/** How much of the past the slider shows: everything that is kept, or less, so that a step of it is finer. */
export const spans = ["kept", "day", "hour"] as const;
export type Span = (typeof spans)[number];

export interface Range {
  readonly from: number;
  readonly to: number;
}

const lengths: Readonly<Record<Span, number>> = { kept: Number.POSITIVE_INFINITY, day: 86_400_000, hour: 3_600_000 };

/**
 * The part of the past that a slider of that span shows around a moment: in its middle, but nothing that is not kept and nothing that is
 * not past.
 */
export function rangeOf(span: Span, at: number, keptSince: number, now: number): Range {
  const length = Math.min(lengths[span], Math.max(1_000, now - keptSince));
  const from = Math.min(Math.max(keptSince, at - length / 2), now - length);
  return { from, to: from + length };
}

/** Whether a moment is so near to the edge of a range that the range should follow it. */
export function isBeyond(range: Range, at: number): boolean {
  return at < range.from || at > range.to;
}
