import type { Alert } from "./alerts-of";

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
  private started = false;

  /**
   * @param quiet the whole picture is another: after the page was opened, after a reconnect, for another area
   * @returns what came just now, the weightiest first. Nothing that was there before the page was, or while it did not look.
   */
  take(alerts: readonly Alert[], quiet: boolean): readonly Alert[] {
    const hush = quiet || !this.started;
    this.started = true;
    this.current = alerts;
    const news: Alert[] = [];
    for (const alert of alerts) {
      if (this.heard.has(alert.id)) continue;
      this.heard.add(alert.id);
      if (!hush && !this.isSeen(alert.id)) news.push(alert);
    }
    if (this.heard.size > mostRemembered) this.forgetOldest(alerts);
    return news;
  }

  /** Alerts that nobody saw, the weightiest first. */
  get unread(): readonly Alert[] {
    return this.current.filter((alert) => !this.isSeen(alert.id));
  }

  /** What is listed: the unread, and calls for help until somebody answers. */
  get open(): readonly Alert[] {
    return this.current.filter((alert) => alert.kind === "sos" || !this.isSeen(alert.id));
  }

  /** What holds on although somebody saw it, the newest sight first. */
  get acknowledged(): readonly { readonly alert: Alert; readonly seen: Acknowledgement }[] {
    return this.current
      .flatMap((alert) => {
        const seen = this.seenBy.get(alert.id);
        return seen && alert.kind !== "sos" ? [{ alert, seen }] : [];
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
    // Those of alerts that are over serve nobody; the server bounds how many it tells.
    if (this.seenBy.size > mostRemembered) {
      const held = new Set(this.current.map((alert) => alert.id));
      for (const id of this.seenBy.keys()) if (!held.has(id)) this.seenBy.delete(id);
    }
  }

  /** Shown as seen until the server answers. */
  begin(ids: readonly string[]): void {
    for (const id of ids) this.sending.add(id);
  }

  /** The server did not take it. */
  rollBack(ids: readonly string[]): void {
    for (const id of ids) this.sending.delete(id);
  }

  private forgetOldest(alerts: readonly Alert[]): void {
    const held = new Set(alerts.map((alert) => alert.id));
    for (const id of this.heard) {
      if (this.heard.size <= mostRemembered / 2) return;
      if (!held.has(id)) this.heard.delete(id);
    }
  }
}
