import { button, newId, Redrawn, symbol } from "../case/controls";
import { Drafts } from "../case/drafts";
import { browserStorage } from "../case/shelf";
import type { DeskSeam } from "../case/seam";
import type { Picture } from "../feed";
import { make, setData, setHidden, setText, sign } from "../page/dom";
import { Acknowledged } from "./acknowledged";
import { type Alert, alertsOf } from "./alerts-of";
import { AlertBook } from "./book";
import { type Entries, entriesOf, type Entry, newsOf } from "./entries";
import { AlertList } from "./list";
import { Sound, WebAudioPlayer } from "./sound";
import { lineOf, wordsOf } from "./words";

/** Rows of the list; the rest is a number. */
const mostRows = 100;
const mostSeen = 20;

/**
 * What needs somebody: a bell in the header with its list, the page's title, and a sound. It is of the whole city as it is now, whatever area
 * is chosen and whatever moment is shown: a call for help waits for nobody to come back to it.
 */
export class Alerts {
  private readonly book = new AlertBook();
  private readonly acknowledged: Acknowledged;
  private readonly sound: Sound;
  private readonly bell: HTMLButtonElement;
  private readonly count = make("span", "alerts-count");
  private readonly panel = make("section", "alerts-panel");
  private readonly heading = make("h2", "alerts-title");
  private readonly list: AlertList;
  private readonly none = make("p", "quiet");
  private readonly seen = make("details", "alerts-seen");
  private readonly seenList = make("ul", "alerts-list");
  private readonly more = make("p", "quiet");
  private readonly fault = make("p", "fault");
  private readonly soundBar = make("div", "alerts-sound");
  private readonly all: HTMLButtonElement;
  private readonly drawn = { seen: new Redrawn(this.seenList), sound: new Redrawn(this.soundBar) };
  private picture: Picture | undefined;
  private entries: Entries = { open: [], areas: new Set() };
  private stale = false;

  constructor(private readonly root: HTMLElement, private readonly desk: DeskSeam) {
    const { texts } = desk;
    this.sound = new Sound({ player: new WebAudioPlayer(), now: () => Date.now(), storage: browserStorage });
    this.acknowledged = new Acknowledged((seen) => {
      this.book.acknowledge(seen);
      if (seen.length > 0) this.refresh();
      this.show();
    }, () => this.now);
    this.list = new AlertList(desk, this.book, new Drafts(desk.me.id, browserStorage, () => Date.now()), {
      acknowledge: (ids) => void this.acknowledge(ids),
      openCase: (id) => {
        // The alert is of now; its case is, too.
        desk.state.set({ case: id, at: "" });
        this.toggle(false);
      },
    });
    this.bell = button("", () => this.toggle(), { name: "alerts-bell" });
    this.bell.append(bellSign(), this.count);
    this.panel.id = newId("alerts");
    this.bell.setAttribute("aria-controls", this.panel.id);
    this.heading.tabIndex = -1;
    this.heading.id = newId("alerts-title");
    this.panel.setAttribute("aria-labelledby", this.heading.id);
    setHidden(this.panel, true);
    setHidden(this.fault, true);
    this.fault.setAttribute("role", "alert");
    this.all = button(texts.get("alert.all"), () => void this.acknowledge(this.shown.flatMap((entry) => entry.alerts.map((alert) => alert.id))), { small: true });
    const top = make("div", "alerts-top");
    top.append(this.heading, this.all);
    this.seen.append(make("summary", ""), this.seenList);
    this.none.textContent = texts.get("alert.none");
    this.panel.append(top, this.soundBar, this.fault, this.none, this.list.root, this.more, this.seen);
    root.append(this.bell, this.panel);
    this.listen();
    this.show();
  }

  private listen(): void {
    this.desk.onCity("alerts", (picture) => {
      this.picture = picture;
      this.stale = true;
    });
    let next = 0;
    this.desk.onTick("alerts", (now) => {
      this.acknowledged.tick(now);
      if (now < next) return;
      next = now + 1_000;
      if (this.stale) this.take();
      this.show();
    });
    this.desk.shortcuts.register("b", "keys.alerts", () => this.toggle());
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.sound.touched(), { capture: true, passive: true });
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      this.toggle();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.panel.hidden && !this.root.contains(event.target as Node)) this.toggle(false);
    });
  }

  private take(): void {
    const { picture } = this;
    if (!picture) return;
    this.stale = false;
    const fresh = this.book.take(alertsOf(picture));
    const areasBefore = this.entries.areas;
    this.refresh();
    const news = newsOf(this.entries, fresh, areasBefore);
    const [first] = news;
    if (!first) return;
    this.sound.sound(news.map((entry) => entry.alerts[0]));
    const { texts } = this.desk;
    const what = lineOf(first, this.desk);
    this.desk.announce(news.length === 1 ? texts.get("alert.new", { what }) : texts.get("alert.new-many", { n: news.length, what }));
  }

  private refresh(): void {
    const names = this.desk.places.territory?.names;
    this.entries = entriesOf(this.book, (code) => names?.get(code)?.parent);
  }

  private get now(): number {
    return this.desk.serverNow() ?? Date.now();
  }

  private get shown(): readonly Entry[] {
    return this.entries.open.slice(0, mostRows);
  }

  private toggle(focus = true): void {
    const open = this.panel.hidden;
    setHidden(this.panel, !open);
    if (open) this.list.reset();
    this.show();
    if (!focus) return;
    if (open) this.heading.focus();
    else this.bell.focus();
  }

  private show(): void {
    const { texts } = this.desk;
    const counted = this.entries.open.filter((entry) => entry.unread);
    const unread = counted.length;
    const number = unread > 99 ? "99+" : String(unread);
    setText(this.count, unread === 0 ? "" : number);
    setData(this.root, "unread", number);
    setData(this.root, "worst", counted[0]?.alerts[0].kind ?? "");
    setText(this.heading, texts.get("alert.title", { n: unread }));
    this.bell.setAttribute("aria-label", texts.get("alert.bell", { n: unread }));
    this.bell.setAttribute("aria-expanded", String(!this.panel.hidden));
    const plain = document.title.replace(/^\(\d+\+?\) /, "");
    const title = unread === 0 ? plain : `(${number}) ${plain}`;
    if (document.title !== title) document.title = title;
    if (this.panel.hidden) return;
    this.showPanel();
  }

  private showPanel(): void {
    const { texts } = this.desk;
    const { shown, book } = this;
    this.all.disabled = !shown.some((entry) => entry.alerts.some((alert) => !book.isSeen(alert.id)));
    this.list.show(shown);
    setHidden(this.none, shown.length > 0);
    const rest = this.entries.open.length - shown.length;
    setText(this.more, rest > 0 ? texts.get("alert.more", { n: texts.number(rest) }) : this.acknowledged.known ? "" : texts.get("alert.unknown"));
    setHidden(this.more, this.more.textContent === "");
    const all = book.acknowledged(this.now);
    const seen = all.slice(0, mostSeen);
    setHidden(this.seen, seen.length === 0);
    setText(this.seen.firstElementChild!, texts.get("alert.seen", { n: texts.number(all.length) }));
    this.drawn.seen.show([seen.map(({ alert }) => alert.id), this.places], () => seen.map(({ alert, seen: by }) => {
      const item = make("li", "alert");
      item.append(this.signOf(alert), make("span", "alert-what", wordsOf(alert, this.desk)), make("span", "alert-who", texts.get("alert.seen-by", { who: by.by, time: texts.time(by.at).slice(0, 5) })));
      return item;
    }));
    const until = this.sound.mutedUntil;
    this.drawn.sound.show([this.sound.enabled, this.sound.waiting, until], () => this.soundControls(until));
  }

  /** Another territory names places otherwise. */
  private get places(): number {
    return this.desk.places.territory?.version ?? 0;
  }

  private async acknowledge(ids: readonly string[]): Promise<void> {
    const wanted = ids.filter((id) => !this.book.isSeen(id));
    if (wanted.length === 0) return;
    this.book.begin(wanted);
    this.refresh();
    setHidden(this.fault, true);
    this.show();
    const left = await this.acknowledged.acknowledge(wanted);
    this.book.rollBack(left);
    this.refresh();
    // What is over by now needs no second try.
    const still = new Set(left);
    if (this.book.all.some((alert) => still.has(alert.id))) {
      setText(this.fault, this.desk.texts.get("alert.failed"));
      setHidden(this.fault, false);
    }
    this.show();
    if (!this.panel.hidden && !this.panel.contains(document.activeElement)) this.heading.focus();
  }

  private soundControls(until: number | undefined): readonly Node[] {
    const { texts } = this.desk;
    const words = !this.sound.enabled ? texts.get("alert.sound.off")
      : this.sound.waiting ? texts.get("alert.sound.waiting")
      : until !== undefined ? texts.get("alert.sound.muted", { time: texts.time(this.now + until - Date.now()).slice(0, 5) })
      : texts.get("alert.sound.on");
    const act = (label: string, run: () => void): HTMLButtonElement => button(label, () => {
      run();
      this.show();
    }, { small: true });
    const nodes: Node[] = [make("span", "", words)];
    if (!this.sound.enabled) nodes.push(act(texts.get("alert.sound.enable"), () => this.sound.enable(true)));
    else if (until !== undefined) nodes.push(act(texts.get("alert.sound.unmute"), () => this.sound.mute(0)));
    else for (const minutes of [15, 60]) nodes.push(act(texts.get("alert.sound.mute", { n: minutes }), () => this.sound.mute(minutes)));
    if (this.sound.enabled) nodes.push(act(texts.get("alert.sound.disable"), () => this.sound.enable(false)));
    return nodes;
  }

  private signOf(alert: Alert): Element {
    if (alert.kind === "sos") return symbol("sign-sos");
    if (alert.kind === "silent") return symbol("sign-silent");
    return sign(alert.severity);
  }
}

function bellSign(): SVGSVGElement {
  const svg = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("class", "sign");
  element.setAttribute("viewBox", "0 0 24 24");
  element.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(svg, "path");
  shape.setAttribute("d", "M12 2a6.5 6.5 0 0 0-6.5 6.5V13L3.6 17h16.8l-1.9-4V8.5A6.5 6.5 0 0 0 12 2ZM9.5 18.5a2.5 2.5 0 0 0 5 0Z");
  shape.setAttribute("fill", "currentColor");
  element.append(shape);
  return element;
}
