import type { CaseRow } from "../feed";
import type { Move, SortedRows } from "./sorted-rows";

/**
 * The order that the list shows: the live one, or while someone is at the list the one that they found. Then no row moves, comes or goes; what
 * would have is counted.
 */
export class ShownOrder {
  /** Ids of the rows that would have moved, come or gone since the order is held. */
  readonly moved = new Set<string>();
  private held: readonly string[] | undefined;
  private places = new Map<string, number>();

  constructor(private readonly live: SortedRows<CaseRow>) {}

  get isHeld(): boolean {
    return this.held !== undefined;
  }

  get length(): number {
    return this.held?.length ?? this.live.length;
  }

  idAt(index: number): string | undefined {
    return this.held ? this.held[index] : this.live.at(index)?.[0];
  }

  indexOf(id: string): number {
    return this.held ? this.places.get(id) ?? -1 : this.live.indexOf(id);
  }

  /** Holds the order as it is now; does nothing while one is held, or while there is nothing to hold. */
  hold(): void {
    if (this.held || this.live.length === 0) return;
    this.held = this.live.keys();
    this.places = new Map(this.held.map((id, place) => [id, place]));
  }

  /** Goes back to the live order. */
  release(): void {
    this.held = undefined;
    this.places.clear();
    this.moved.clear();
  }

  /** Something became of a row in the live order. */
  note(id: string, move: Move): void {
    if (!this.held || move === "same") return;
    // What came and went again while nobody saw it is no change.
    if (move === "left" && !this.places.has(id)) this.moved.delete(id);
    else this.moved.add(id);
  }
}
