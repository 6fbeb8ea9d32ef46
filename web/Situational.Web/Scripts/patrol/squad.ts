import { ask } from "../api/http";
import type { Desk } from "../desk/shell";
import { type Member, rosterOf, type RosterRow } from "./roster";

/** How often the API is asked who is in the squad, and how soon again after it did not answer, ms. */
const everyMs = 10_000;
const againMs = 3_000;
/** From this age on what the API said of the squad is old news. */
const staleMs = 30_000;

/** How the members of the squad are known. */
export type SquadStanding = "none" | "loading" | "known" | "stale" | "failed" | "missing" | "past";

/** The squad that the page is about: its members by the API, their places by the feed. A past moment knows of those alone that its picture has. */
export class Squad {
  private readonly listeners = new Set<() => void>();
  private members: readonly Member[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private next = Number.NEGATIVE_INFINITY;
  private asking: AbortController | undefined;
  private failed = false;
  /** There is no such squad. */
  private missing = false;
  private shown: readonly RosterRow[] = [];
  private living: readonly RosterRow[] = [];
  private standing: SquadStanding = "none";

  constructor(private readonly desk: Desk) {
    desk.state.on((changed) => { if (changed.has("squad")) this.change(); });
    desk.onPicture("roster", () => this.tell());
    desk.onLive("squad-live", () => { if (desk.isPast) this.tell(); });
    desk.onTick("squad", (now) => this.tick(now));
  }

  /** Id of the squad: the one of the address, else the person's own. Empty while none is chosen. */
  get id(): string {
    return this.desk.state.get("squad") || this.desk.me.squad || "";
  }

  get rows(): readonly RosterRow[] {
    return this.shown;
  }

  /** The squad as it is now, whatever moment the page shows; without tasks while that is the past. */
  get live(): readonly RosterRow[] {
    return this.living;
  }

  /** How far the members can be trusted. */
  get known(): SquadStanding {
    return this.standing;
  }

  /** Calls back when rows or standing may have changed. */
  on(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Something was done: what the API says now is other than before. */
  hasten(): void {
    this.next = Number.NEGATIVE_INFINITY;
  }

  private change(): void {
    this.asking?.abort();
    this.asking = undefined;
    this.members = [];
    this.readAt = this.next = Number.NEGATIVE_INFINITY;
    this.failed = this.missing = false;
    this.tell();
  }

  private tick(now: number): void {
    if (this.id === "") return;
    if (!this.asking && now >= this.next) void this.read(now);
    if (this.standing !== this.judge()) this.tell();
  }

  private async read(now: number): Promise<void> {
    const { id } = this;
    const asking = this.asking = new AbortController();
    this.next = now + everyMs;
    try {
      const answer = await ask<{ readonly members: readonly Member[] }>(`api/v1/squads/${encodeURIComponent(id)}`, { signal: asking.signal });
      this.failed = answer.kind !== "ok";
      this.missing = answer.kind === "refused" && answer.problem.status === 404;
      if (answer.kind === "ok") {
        this.members = answer.value.members;
        this.readAt = performance.now();
      } else {
        this.next = now + (this.missing ? everyMs : againMs);
      }
      this.tell();
    } catch (error) {
      if (!asking.signal.aborted) throw error;
    } finally {
      if (this.asking === asking) this.asking = undefined;
    }
  }

  private judge(): SquadStanding {
    if (this.id === "") return "none";
    if (this.desk.isPast) return this.desk.picture ? "past" : "loading";
    if (this.missing) return "missing";
    if (this.readAt === Number.NEGATIVE_INFINITY) return this.failed ? "failed" : "loading";
    return performance.now() - this.readAt > staleMs ? "stale" : "known";
  }

  private tell(): void {
    const { id, desk, members } = this;
    const { picture, isPast } = desk;
    this.standing = this.judge();
    // What the API says of the members is of now: it has no place in the past.
    this.shown = id === "" ? [] : rosterOf(id, isPast ? [] : members, picture?.units.values() ?? [], picture?.cases.values() ?? []);
    this.living = !isPast || id === "" ? this.shown : rosterOf(id, members, desk.livePicture?.units.values() ?? [], []);
    for (const listener of this.listeners) this.desk.faults.guard("squad", listener);
  }
}
