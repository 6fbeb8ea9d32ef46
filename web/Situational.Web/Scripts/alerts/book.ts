import { type Alert, newForMs } from "./alerts-of";

/** Who saw an alert first. */
export interface Acknowledgement {
  readonly alert: string;
  readonly by: string;
  /** ms */
  readonly at: number;
}

/** Ids that are remembered although the picture does not hold them any more: one that comes back is not new. */
const mostRemembered = 20_000;

/** What is to be seen, what was seen and by whom, and what is new to this page. */
export class AlertBook {
  private current: readonly Alert[] = [];
  private readonly heard = new Set<string>();
  private readonly seenBy = new Map<string, Acknowledgement>();
  private readonly sending = new Set<string>();
  /** Silences that were there before the page: at night a whole city is silent, and whoever opens the page needs no number of it. */
  private readonly old = new Set<string>();
  private started = false;

  /**
   * @returns what came since the last picture, the weightiest first, also while the page was cut off; nothing that was there before the page.
   */
  take(alerts: readonly Alert[]): readonly Alert[] {
    const hush = !this.started;
    this.started = true;
    if (hush) for (const alert of alerts) if (alert.kind === "silent") this.old.add(silenceOf(alert));
    this.current = alerts;
    const news: Alert[] = [];
    for (const alert of alerts) {
      if (this.heard.has(alert.id)) continue;
      this.heard.add(alert.id);
      if (!hush && this.isUnread(alert)) news.push(alert);
    }
    if (this.heard.size > mostRemembered) this.trim(this.heard);
    return news;
  }

  /** Everything that the picture holds, seen or not. */
  get all(): readonly Alert[] {
    return this.current;
  }

  /** Whether nobody saw it, and it counts. */
  isUnread(alert: Alert): boolean {
    return !this.isSeen(alert.id) && !(alert.kind === "silent" && this.old.has(silenceOf(alert)));
  }

  /** Alerts that nobody saw and that count, the weightiest first. */
  get unread(): readonly Alert[] {
    return this.current.filter((alert) => this.isUnread(alert));
  }

  /** What is listed: the unread, and calls for help until somebody answers. */
  get open(): readonly Alert[] {
    return this.current.filter((alert) => alert.kind === "sos" || !this.isSeen(alert.id));
  }

  /**
   * What holds on although somebody saw it, the newest sight first.
   * @param now the server's time, ms: a red case is left out when it is no longer new
   */
  acknowledged(now: number): readonly { readonly alert: Alert; readonly seen: Acknowledgement }[] {
    return this.current
      .flatMap((alert) => {
        const seen = this.seenBy.get(alert.id);
        return seen && alert.kind !== "sos" && !(alert.kind === "red" && now - alert.at >= newForMs) ? [{ alert, seen }] : [];
      })
      .sort((a, b) => b.seen.at - a.seen.at);
  }

  seen(id: string): Acknowledgement | undefined {
    return this.seenBy.get(id);
  }

  /** Whether somebody saw it, or this page is just saying so. */
  isSeen(id: string): boolean {
    return this.seenBy.has(id) || this.sending.has(id);
  }

  /** What the server says that people saw; the first one counts. */
  acknowledge(acknowledgements: Iterable<Acknowledgement>): void {
    for (const one of acknowledgements) {
      this.sending.delete(one.alert);
      if (!this.seenBy.has(one.alert)) this.seenBy.set(one.alert, one);
    }
    // Those of alerts that are over serve nobody. Before there is a picture nobody knows which.
    if (this.started && this.seenBy.size > mostRemembered) this.trim(this.seenBy);
  }

  /** Shown as seen until the server answers. */
  begin(ids: readonly string[]): void {
    for (const id of ids) this.sending.add(id);
  }

  /** The server did not take it. */
  rollBack(ids: readonly string[]): void {
    for (const id of ids) this.sending.delete(id);
  }

  private trim(ids: { readonly size: number; keys(): Iterable<string>; delete(id: string): boolean }): void {
    const held = new Set(this.current.map((alert) => alert.id));
    for (const id of ids.keys()) {
      if (ids.size <= mostRemembered / 2) return;
      if (!held.has(id)) ids.delete(id);
    }
  }
}

/** The same silence under whatever id: of a grid that was never heard the id changes with the shift. */
function silenceOf(alert: Alert): string {
  return `${alert.subject}:${alert.at}`;
}
