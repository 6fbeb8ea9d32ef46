import type { Trouble } from "../feed";
import { part, setData, setHidden, setText } from "./dom";
import type { Standing } from "./standing";
import type { TextKey, Texts } from "./texts";

/** What to do when a page's right has ended, with and without a picture seen, and when its area is gone. */
export interface WaysBack {
  readonly refused: TextKey;
  readonly neverSeen: TextKey;
  readonly vanished: TextKey;
}

const wallsWays: WaysBack = { refused: "lost.refused", neverSeen: "lost.refused.never", vanished: "lost.vanished" };

/** The most important pixels of a page: whether what it shows is true right now. */
export class Badge {
  private readonly words: HTMLElement;
  private readonly age: HTMLElement;
  private readonly sign: SVGElement;
  private readonly alarm: HTMLElement;
  private readonly alarmWords: HTMLElement;
  private readonly alarmDetail: HTMLElement;
  private readonly figures: HTMLElement | null;

  /** @param how what a page says about its way back when its right has ended or its area is gone; default: the wall's. */
  constructor(private readonly root: HTMLElement, private readonly texts: Texts, private readonly how: WaysBack = wallsWays) {
    this.words = part(root, "badge-words");
    this.age = part(root, "badge-age");
    this.sign = part(root, "badge-sign") as unknown as SVGElement;
    this.alarm = part(root, "alarm");
    this.alarmWords = part(root, "alarm-words");
    this.alarmDetail = part(root, "alarm-detail");
    this.figures = root.querySelector<HTMLElement>('[data-part="figures"]');
  }

  show(standing: Standing): void {
    const { state } = standing;
    setData(this.root, "state", state);
    const href = `#badge-${state === "refused" ? "lost" : state}`;
    if (this.sign.getAttribute("href") !== href) this.sign.setAttribute("href", href);

    const stopped = state === "lost" || state === "refused";
    setHidden(this.alarm, !stopped);
    // Figures that may be wrong by now give way to the sentence that says so.
    if (this.figures) setHidden(this.figures, stopped);
    setText(this.words, this.wordsOf(standing));
    setText(this.age, state === "live" || state === "degraded" ? this.texts.age(standing.ageMs) : "");
    if (stopped) {
      setText(this.alarmWords, `${this.lostWords(standing)} · ${this.sinceWords(standing.since)}`);
      setText(this.alarmDetail, this.detailOf(standing));
    }
  }

  /** A moment of the past is shown: nothing of it is live, and nothing is wrong. */
  showPast(): void {
    setData(this.root, "state", "past");
    if (this.sign.getAttribute("href") !== "#badge-past") this.sign.setAttribute("href", "#badge-past");
    setHidden(this.alarm, true);
    if (this.figures) setHidden(this.figures, false);
    setText(this.words, this.texts.get("past.badge"));
    setText(this.age, this.texts.get("past.not-live"));
  }

  private wordsOf(standing: Standing): string {
    switch (standing.state) {
      case "starting": return this.texts.get("wall.starting");
      case "live": return this.texts.get("badge.live");
      case "degraded": {
        const first = standing.trouble[0];
        if (standing.reconnecting || !first) return this.texts.get("badge.reconnecting");
        return `${this.texts.get("badge.degraded")} · ${this.troubleWords(first, 12)}`;
      }
      case "lost": return this.texts.get("badge.lost");
      case "refused": return this.texts.get("badge.refused");
    }
  }

  /** What a trouble is, its code when there are no words for it, and its detail where that is no longer than `most` letters. */
  troubleWords({ code, detail }: Trouble, most = 80): string {
    const words = this.texts.among("trouble", code) ?? this.texts.get("trouble.other", { code });
    return detail !== "" && detail.length <= most ? `${words} (${detail})` : words;
  }

  private lostWords({ state, fault }: Standing & { readonly state: "lost" | "refused" }): string {
    if (state === "refused") return this.texts.get("badge.refused");
    return this.texts.get(fault === "unknown-area" ? "badge.vanished" : "badge.lost");
  }

  private sinceWords(since: number | undefined): string {
    return since === undefined ? this.texts.get("lost.never") : this.texts.get("lost.since", { time: this.texts.time(since) });
  }

  private detailOf(standing: Standing & { readonly state: "lost" | "refused" }): string {
    if (standing.fault === "unknown-area") return this.texts.get(this.how.vanished);
    if (standing.state === "lost") return this.texts.get("lost.detail", { age: this.texts.age(Math.floor(standing.ageMs / 1_000) * 1_000).replace(".0", "") });
    const key: TextKey = standing.since === undefined ? this.how.neverSeen : this.how.refused;
    return this.texts.get(key, { time: standing.since === undefined ? "" : this.texts.time(standing.since) });
  }
}
