import type { Texts } from "../page/texts";

/** What stands over the rows on paper. */
export interface PaperList {
  /** How many rows there are, as the screen says it. */
  readonly count: string;
  readonly length: number;
  /** Rows that the paper has at most. */
  readonly most: number;
  readonly filtered: boolean;
}

/** How many rows there are, whether a filter left some out, and whether the paper has them all. */
export function paperWords({ count, length, most, filtered }: PaperList, texts: Texts): string {
  return [texts.get("duty.count", { n: count }), filtered ? texts.get("duty.paper-filtered") : "", length > most ? texts.get("duty.paper-cut", { most }) : ""].filter(Boolean).join(" · ");
}
